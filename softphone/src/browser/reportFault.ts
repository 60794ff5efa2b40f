import type { ReportFault } from '../ports/reportFault.ts';

/** Hands a fault to the page's own error reporting, as an uncaught error would be, without ending anything. */
export const reportToPage: ReportFault = (error) => {
  // Names only: messages of the browser can hold device labels and addresses.
  const name = error instanceof Error ? error.name : typeof error;
  window.reportError(new Error(`Scoreline softphone: ${name}`, { cause: error }));
};
