import { getAllUtilityInfo, open, updateUtility } from 'lightning/platformUtilityBarApi';

/** The phone's button and panel in the utility bar. A bar that refuses is not asked again; the phone works without it. */
export class UtilityItem {
  private label = '';
  private readonly utilityId: string;
  private hasRefused = false;
  private readonly handleRefusal = () => {
    this.hasRefused = true;
  };

  constructor(utilityId: string) {
    this.utilityId = utilityId;
  }

  show(label: string, highlighted: boolean): void {
    if (this.hasRefused || label === this.label) return;
    this.label = label;
    updateUtility(this.utilityId, { label, highlighted }).catch(this.handleRefusal);
  }

  /**
   * Opens the panel, the focus staying where it is. Where the panel of another utility is open, `isTaken` is called
   * instead: to open this one would close that one, in which the rep may be writing.
   */
  open(isTaken: () => void): void {
    if (this.hasRefused) return;
    getAllUtilityInfo()
      .then(async (infos) => {
        if (infos.some(({ id, utilityVisible }) => utilityVisible && id !== this.utilityId)) isTaken();
        else await open(this.utilityId, { autoFocus: false });
      })
      .catch(this.handleRefusal);
  }
}
