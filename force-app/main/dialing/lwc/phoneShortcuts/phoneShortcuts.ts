/** What a key does to the phone, with Ctrl and Shift held down. */
export type Shortcut = 'answer' | 'mute' | 'hold' | 'reject' | 'hangUp';

const SHORTCUTS: Readonly<Record<string, Shortcut>> = {
  a: 'answer',
  m: 'mute',
  h: 'hold',
  x: 'reject',
  e: 'hangUp',
};

const SETTING = 'scoreline.shortcuts';
const OFF = 'off';

/** What the keys ask for; undefined for all others. */
export function shortcutOf({ ctrlKey, shiftKey, altKey, metaKey, key }: KeyboardEvent): Shortcut | undefined {
  return ctrlKey && shiftKey && !altKey && !metaKey ? SHORTCUTS[key.toLowerCase()] : undefined;
}

/** Whether the rep wants the shortcuts on this computer (WCAG 2.1.4). They are on until switched off. */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== OFF;
  } catch {
    // A browser that keeps nothing, as in a private window, has never been told otherwise.
    return true;
  }
}

/** Keeps the rep's wish on this computer, as far as the browser keeps anything. */
export function setShortcutsOn(areOn: boolean): void {
  try {
    if (areOn) localStorage.removeItem(SETTING);
    else localStorage.setItem(SETTING, OFF);
  } catch {
    // It then holds for this page alone.
  }
}
