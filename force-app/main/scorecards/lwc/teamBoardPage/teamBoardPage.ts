import { LightningElement } from 'lwc';

interface OpenRep {
  readonly repId: string;
  readonly name: string;
}

/** The Team tab: the board, or over it the card of the rep who was opened. The board stays as it was. */
export default class TeamBoardPage extends LightningElement {
  rep?: OpenRep | undefined;
  private isReturning = false;

  get boardClass(): string {
    return this.rep === undefined ? '' : 'slds-hide';
  }

  /** A new rep gets a new card, so that no figure of the last one is shown meanwhile. */
  get openReps(): OpenRep[] {
    return this.rep === undefined ? [] : [this.rep];
  }

  override renderedCallback(): void {
    if (this.rep !== undefined) this.template?.querySelector<HTMLElement>('.back')?.focus();
    else if (this.isReturning) this.returnToBoard();
  }

  handleOpen(event: CustomEvent<OpenRep>): void {
    this.rep = event.detail;
  }

  handleBack(): void {
    this.isReturning = true;
    this.rep = undefined;
  }

  private returnToBoard(): void {
    this.isReturning = false;
    const board = this.template?.querySelector<HTMLElement & { focusLast(): void }>('c-team-board');
    board?.focusLast();
  }
}
