import { LightningElement, api } from 'lwc';
import type { Verdict } from 'c/callContract';
import { verdictWord } from 'c/teamFigures';

/** A verdict as a mark of its own shape and colour, and always its word. */
export default class VerdictMark extends LightningElement {
  @api verdict?: Verdict;

  /** Said instead of the board’s word: a sentence that tells the verdict. */
  @api sentence?: string;

  get word(): string | undefined {
    return this.sentence ?? (this.verdict && verdictWord(this.verdict));
  }

  get isImproved(): boolean {
    return this.verdict === 'improved';
  }

  get isDeclined(): boolean {
    return this.verdict === 'declined';
  }

  get isUnproven(): boolean {
    return this.verdict === 'noEvidence';
  }
}
