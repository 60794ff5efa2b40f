export async function measureTrickle(_options: { apiShare: number }) {
  return { apiCallsPerCall: 0, slowestSeconds: 0 };
}
