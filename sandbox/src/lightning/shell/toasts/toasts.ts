import { LightningElement } from 'lwc';
import { SHOW_TOAST_EVENT_NAME } from '../../browser/platform/platformShowToastEvent.ts';
import type { ToastDetail } from '../../browser/platform/platformShowToastEvent.ts';

interface ShownToast {
  readonly id: number;
  readonly title: string | undefined;
  readonly message: string;
  readonly variant: string;
  readonly themeClass: string;
  readonly iconName: string;
  readonly canBeClosed: boolean;
}

/** As long as Lightning shows a toast that goes by itself. */
const SHOWN_MS = 4800;

function messageOf({ message = '', messageData = [] }: ToastDetail): string {
  return message.replaceAll(/\{(\d+)\}/gu, (whole, index) => {
    const value = messageData[Number(index)];
    return value === undefined ? whole : typeof value === 'string' ? value : value.label;
  });
}

/** Shows what components say by `ShowToastEvent`, at the top of the page. */
export default class Toasts extends LightningElement {
  toasts: readonly ShownToast[] = [];
  private shownCount = 0;
  private readonly handleToast = (event: Event) => this.show((event as CustomEvent<ToastDetail>).detail);

  connectedCallback() {
    document.addEventListener(SHOW_TOAST_EVENT_NAME, this.handleToast);
  }

  disconnectedCallback() {
    document.removeEventListener(SHOW_TOAST_EVENT_NAME, this.handleToast);
  }

  handleClose(event: Event) {
    this.close(Number((event.currentTarget as HTMLElement).dataset.id));
  }

  private show(detail: ToastDetail) {
    const { title, variant = 'info', mode = 'dismissible' } = detail;
    this.shownCount += 1;
    const id = this.shownCount;
    this.toasts = [
      ...this.toasts,
      {
        id,
        title,
        message: messageOf(detail),
        variant,
        themeClass: `slds-notify slds-notify_toast slds-theme_${variant}`,
        iconName: `utility:${variant}`,
        canBeClosed: mode !== 'pester',
      },
    ];
    if (mode !== 'sticky') {
      // eslint-disable-next-line @lwc/lwc/no-async-operation -- a toast is gone after a time, not after an event
      setTimeout(() => this.close(id), SHOWN_MS);
    }
  }

  private close(id: number) {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}
