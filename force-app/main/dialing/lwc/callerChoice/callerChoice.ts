import { LightningElement, api } from 'lwc';
import type { PhoneCall } from 'c/callContract';
import { awaitsChoice, matchesOf } from 'c/callWords';
import type { People } from 'c/callWords';
import type { SelectOption } from 'c/selectField';

const NOBODY = 'none';

/**
 * Asks whose call it is where several records have the number. Nothing is shown where nothing is to be chosen.
 *
 * @fires choose with `{ callId, person }`, no person for none of the matches
 */
export default class CallerChoice extends LightningElement {
  @api call?: PhoneCall;
  @api people: People = {};

  get isShown(): boolean {
    return this.call !== undefined && awaitsChoice(this.call) && this.matches.length > 0;
  }

  get options(): SelectOption[] {
    return [
      { value: '', label: `${this.matches.length} people have this number` },
      ...this.matches.map(({ recordId, name, company }) => ({
        value: recordId,
        label: company === undefined ? name : `${name}, ${company}`,
      })),
      { value: NOBODY, label: 'None of these' },
    ];
  }

  handlePick(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    if (value === '') return;
    const detail = { callId: this.call?.callId, person: value === NOBODY ? undefined : this.people[value] };
    this.dispatchEvent(new CustomEvent('choose', { detail, bubbles: true }));
  }

  private get matches() {
    return this.call === undefined ? [] : matchesOf(this.call, this.people);
  }
}
