/** What the browser does to a page that nobody looks at. Each method names the one listener. */
export interface PageLife {
  /** From here on no timer and no message reaches the page; the listener must be done when it returns. */
  onFreeze(listener: () => void): void;
  /** The page runs again. */
  onThaw(listener: () => void): void;
  close(): void;
}
