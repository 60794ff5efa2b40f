/** What a tab that wants to lead is told. */
export interface LeadListener {
  /** No other tab leads now: this one does, until it gives the lead back or loses it. */
  granted(): void;
  /** Another tab seized the lead. */
  lost(): void;
}

/** The tabs of one user in this browser. At most one leads; each hears what the others say. */
export interface Tabs {
  /** Names this tab for as long as its page lives. */
  readonly tabId: string;
  /**
   * Asks for the lead, behind the tabs that asked before; a tab that is closed or crashes gives it back by that.
   * `seize` takes it at once from whoever has it. Returns what gives the lead, or the wish for it, back.
   */
  lead(seize: boolean, listener: LeadListener): () => void;
  /** Says a text to all the other tabs. */
  say(text: string): void;
  /** Names the one listener of what the other tabs say. */
  onSaid(listener: (text: string) => void): void;
  close(): void;
}
