/** Whether the page's own Content-Security-Policy, not the network, keeps it from an address. */
export type IsAddressRefused = (url: string) => Promise<boolean>;

/** Remembers from now on which addresses the page was refused. Asked after a request there has failed. */
export function watchPagePolicy(): IsAddressRefused {
  const refused = new Set<string>();
  document.addEventListener('securitypolicyviolation', ({ blockedURI, disposition }) => {
    if (disposition === 'enforce' && URL.canParse(blockedURI)) refused.add(new URL(blockedURI).origin);
  });
  return async (url) => {
    // The browser tells of the violation in a task after the one in which the request fails.
    await new Promise((resolve) => setTimeout(resolve));
    return URL.canParse(url) && refused.has(new URL(url).origin);
  };
}
