const statusOf = {
  bad_request: 400,
  unauthorized: 401,
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  too_many: 429,
  unavailable: 503,
} as const;

/** Something a person did, or asked for, that we can tell them about. Every other error is a bug and stays one. */
export class AppError extends Error {
  override name = "AppError";
  constructor(
    readonly code: keyof typeof statusOf,
    message: string,
    readonly fields: Record<string, string> = {},
  ) {
    super(message);
  }
  get status() {
    return statusOf[this.code];
  }
}
