import type { ReportFault } from '../ports/reportFault.ts';

/**
 * Asks the browser whether it gives the microphone without a question, now and after each change of its mind. What is
 * returned answers false until the browser has said yes; a browser that doesn't tell never has.
 */
export function watchMicrophonePermission(reportFault: ReportFault): () => boolean {
  let status: PermissionStatus | undefined;
  askBrowser()
    .then((told) => (status = told))
    .catch(reportFault);
  // The status follows the rep's choice by itself.
  return () => status?.state === 'granted';
}

async function askBrowser(): Promise<PermissionStatus | undefined> {
  // A page that is not secure has no permissions at all, whatever its types say.
  const permissions: Permissions | undefined = navigator.permissions;
  try {
    return await permissions?.query({ name: 'microphone' });
  } catch (error) {
    // So a browser refuses that doesn't know the name.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
