import { environment } from './environment.ts';

/** The value of `@salesforce/customPermission/<name>`: true, or undefined when the user lacks it. */
export function hasCustomPermission(name: string): true | undefined {
  return environment.user?.customPermissions.includes(name) === true ? true : undefined;
}

/** The value of `@salesforce/userPermission/<name>`: true, or undefined when the user lacks it. */
export function hasUserPermission(name: string): true | undefined {
  return environment.user?.userPermissions.includes(name) === true ? true : undefined;
}
