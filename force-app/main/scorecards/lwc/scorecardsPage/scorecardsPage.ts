import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import userId from '@salesforce/user/Id';
import { readReps, REPS_QUERY } from 'c/scorecardRecords';
import type { Rep } from 'c/scorecardRecords';

/** The Scorecards tab: the user's own card, or a choice among the reps whose cards they may see. */
export default class ScorecardsPage extends LightningElement {
  reps: readonly Rep[] = [];
  chosenId?: string;
  isLoaded = false;

  /** An error leaves the user's own card, which then says what is wrong. */
  @wire(graphql, { query: REPS_QUERY })
  receiveReps({ data, errors }: GraphqlResult): void {
    if (data === undefined && errors === undefined) return;
    this.isLoaded = true;
    if (errors === undefined) this.reps = readReps(data);
  }

  get hasChoice(): boolean {
    return this.reps.some((rep) => rep.userId !== userId);
  }

  get options(): { label: string; value: string }[] {
    return this.reps.map((rep) => ({
      label: rep.userId === userId ? `${rep.name} (you)` : rep.name,
      value: rep.userId,
    }));
  }

  /** The own card comes first; who has none sees the first rep's. */
  get rep(): Rep | undefined {
    return (
      this.reps.find((rep) => rep.userId === this.chosenId) ??
      this.reps.find((rep) => rep.userId === userId) ??
      this.reps[0]
    );
  }

  /** A new rep gets a new card, so that no figure of the last one is shown meanwhile. */
  get cards(): Partial<Rep>[] {
    return [this.rep ?? { userId }];
  }

  get repId(): string | undefined {
    return this.rep?.userId;
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.chosenId = event.detail.value;
  }
}
