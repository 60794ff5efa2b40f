import type { PageLife } from '../ports/pageLife.ts';

/** The Page Lifecycle of this page (WICG): browsers freeze tabs that nobody looks at, and thaw them again. */
export function watchPageLife(): PageLife {
  let freeze = (): void => undefined;
  let thaw = (): void => undefined;
  const handleFreeze = (): void => freeze();
  const handleThaw = (): void => thaw();
  document.addEventListener('freeze', handleFreeze);
  document.addEventListener('resume', handleThaw);
  return {
    onFreeze(listener) {
      freeze = listener;
    },
    onThaw(listener) {
      thaw = listener;
    },
    close() {
      document.removeEventListener('freeze', handleFreeze);
      document.removeEventListener('resume', handleThaw);
    },
  };
}
