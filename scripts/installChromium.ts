import { existsSync } from 'node:fs';
import { installPackages } from './installPackages.ts';

/** Where Debian puts it; `CHROMIUM` names another one. */
export const CHROMIUM_PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Makes sure that the browser of the end-to-end tests is there: by apt where that is allowed, else it says what to do. */
export function installChromium(): void {
  if (existsSync(CHROMIUM_PATH)) return;
  console.log('installing Chromium');
  installPackages(['chromium', 'fonts-liberation']);
  if (!existsSync(CHROMIUM_PATH)) {
    console.error(
      'The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium), or name it: CHROMIUM=/path npm test',
    );
    process.exit(1);
  }
}
