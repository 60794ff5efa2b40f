/** Signs in to the demo org as a person. */
export async function login(url: string, userId: string): Promise<{ accessToken: string }> {
  const response = await fetch(`${url}/sandbox/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  return (await response.json()) as { accessToken: string };
}
