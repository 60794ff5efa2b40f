/** The key of an INFO's body, `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`); undefined for none. */
export function keyOfInfo(body: string): string | undefined {
  return /^\s*(?:Signal\s*=\s*)?([0-9*#A-D])\s*(?:$|[\r\n])/iu.exec(body)?.[1]?.toUpperCase();
}
