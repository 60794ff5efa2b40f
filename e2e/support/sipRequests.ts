import type { Page } from '@playwright/test';

/** The SIP requests that the page sends from now on, by their method. */
export function watchSip(page: Page): string[] {
  const methods: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const method = /^([A-Z]+) sip:/u.exec(String(payload))?.[1];
      if (method !== undefined) methods.push(method);
    });
  });
  return methods;
}
