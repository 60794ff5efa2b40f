/** What a toast says. `messageData` fills `{0}`, `{1}` … in the message. */
export interface ToastDetail {
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  readonly messageData?: readonly (string | { readonly url: string; readonly label: string })[] | undefined;
  readonly variant?: 'info' | 'success' | 'warning' | 'error' | undefined;
  readonly mode?: 'dismissible' | 'pester' | 'sticky' | undefined;
}

export const SHOW_TOAST_EVENT_NAME = 'lightning__showtoast';

/** Dispatched by a component, it shows a toast at the top of the page. */
export class ShowToastEvent extends CustomEvent<ToastDetail> {
  constructor(detail: ToastDetail) {
    super(SHOW_TOAST_EVENT_NAME, { bubbles: true, composed: true, cancelable: true, detail });
  }
}
