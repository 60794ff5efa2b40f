/** Calls the listener when the computer has its network back; returns what ends that. */
export function onNetworkBack(listener: () => void): () => void {
  window.addEventListener('online', listener);
  return () => window.removeEventListener('online', listener);
}
