import { LightningElement } from 'lwc';
import * as z from 'zod/mini';
import { environment } from '../../browser/platform/environment.ts';
import { orgRequest } from '../../browser/platform/orgRequest.ts';
import { errorText } from '../orgData.ts';

const usersSchema = z.array(
  z.object({
    userId: z.string(),
    name: z.string(),
    title: z.nullable(z.string()),
    role: z.nullable(z.string()),
  }),
);
const loginSchema = z.object({ accessToken: z.string(), userId: z.string(), orgId: z.string() });

/** The first page: the sample people of the local org, one of whom you are from then on. */
export default class SignIn extends LightningElement {
  users: readonly { userId: string; name: string; caption: string }[] = [];
  errorText: string | undefined;
  isBusy = true;

  async connectedCallback() {
    document.title = `Choose who you are | ${environment.app.label}`;
    await this.attempt(async () => {
      const users = usersSchema.parse(await orgRequest('/sandbox/users'));
      this.users = users.map(({ userId, name, title, role }) => ({
        userId,
        name,
        caption: [title ?? role ?? ''].join(''),
      }));
    });
  }

  get appLabel() {
    return environment.app.label;
  }

  get reason() {
    return environment.signedOutReason;
  }

  async handleChoice(event: Event) {
    const { userId } = (event.currentTarget as HTMLElement).dataset;
    await this.attempt(async () => {
      environment.signIn(loginSchema.parse(await orgRequest('/sandbox/login', { body: { userId } })));
    });
  }

  private async attempt(work: () => Promise<void>) {
    this.isBusy = true;
    this.errorText = undefined;
    try {
      await work();
    } catch (error) {
      this.errorText = errorText(error);
    } finally {
      this.isBusy = false;
    }
  }
}
