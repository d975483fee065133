/** An answer of our own API, or an error with the words that the server found for it. */
export async function fetchJson<Data>(url: string, options?: RequestInit): Promise<Data> {
  const response = await fetch(url, { ...options, headers: { accept: "application/json", ...options?.headers } });
  if (!response.ok) {
    const { message } = await response.json().catch(() => ({ message: null }));
    throw new RequestError(response.status, message ?? `The server answered ${response.status}.`);
  }
  return response.json();
}

export class RequestError extends Error {
  override name = "RequestError";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
