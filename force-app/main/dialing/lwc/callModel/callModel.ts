import { LightningElement } from 'lwc';
import type { CallModelReport, ErrorName } from 'c/callContract';
import { askRelay, RelayRefusal } from 'c/relayClient';
import { after } from 'c/ticker';
import * as words from './modelWords.ts';
import type { GoalView } from './modelWords.ts';

/** Waiting shorter than this shows nothing: a flash of grey boxes reads as trouble. */
const STENCIL_AFTER_MS = 300;

/** For admins: what power lists go by, how well that does on the org's own calls, and why a model is not used. */
export default class CallModelCard extends LightningElement {
  report?: CallModelReport | undefined;
  isLoaded = false;
  isStencilDue = false;
  isOffline = !navigator.onLine;
  trouble?: ErrorName | undefined;
  status = '';
  alert = '';
  private stopStencil = () => {};
  private handleLine = () => {
    this.isOffline = !navigator.onLine;
    if (!this.isOffline && this.trouble !== undefined) this.handleRetry();
  };

  override connectedCallback(): void {
    window.addEventListener('online', this.handleLine);
    window.addEventListener('offline', this.handleLine);
    this.stopStencil = after(STENCIL_AFTER_MS, () => {
      this.isStencilDue = true;
      if (!this.isLoaded) this.status = 'Loading the order of power lists';
    });
    this.handleRetry();
  }

  override disconnectedCallback(): void {
    window.removeEventListener('online', this.handleLine);
    window.removeEventListener('offline', this.handleLine);
    this.stopStencil();
  }

  get isStencilShown(): boolean {
    return !this.isLoaded && this.trouble === undefined && this.isStencilDue;
  }

  get nothingLearned(): string | undefined {
    return this.isLoaded && this.report === undefined ? words.NOTHING_LEARNED : undefined;
  }

  get headline(): string {
    return this.report === undefined ? '' : words.headlineWords(this.report);
  }

  get goals(): GoalView[] {
    return this.report === undefined ? [] : words.goalViews(this.report);
  }

  get explanation(): string {
    return words.EXPLANATION;
  }

  get trained(): string {
    return this.report === undefined ? '' : words.trainedWords(this.report);
  }

  handleRetry(): void {
    this.load().catch(() => this.failWith('unexpected'));
  }

  private async load(): Promise<void> {
    this.trouble = undefined;
    this.alert = '';
    try {
      const { model } = await askRelay<{ model: CallModelReport | null }>('v1/lists/model');
      this.report = model ?? undefined;
      this.isLoaded = true;
      this.status = this.nothingLearned ?? this.headline;
    } catch (failure) {
      this.failWith(failure instanceof RelayRefusal ? failure.errorName : 'unexpected');
    }
  }

  private failWith(name: ErrorName): void {
    this.trouble = name;
    this.status = '';
    this.alert = 'Could not read how lists are ordered.';
  }
}
