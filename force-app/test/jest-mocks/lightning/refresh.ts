/** As the platform's: bubbles through every shadow boundary to the container that refreshes. */
export class RefreshEvent extends Event {
  constructor() {
    super('lightning__refresh', { bubbles: true, composed: true });
  }
}
