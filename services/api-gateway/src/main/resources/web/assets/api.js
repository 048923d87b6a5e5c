/** Calls of the platform's REST API. Every failure is an ApiError with a sentence to show. */

import { session } from './session.js';

/** The platform bounds its own calls to a few seconds; beyond this nobody answers any more. */
const PATIENCE_MS = 20_000;

export class ApiError extends Error {
  /**
   * @param status of HTTP; 0 when there was no answer
   * @param fieldErrors sentences by field name
   */
  constructor(status, sentence, fieldErrors = {}) {
    super(sentence);
    this.status = status;
    this.fieldErrors = fieldErrors;
  }
}

/**
 * @param auth 'none', 'required', or 'optional' (the token goes along; if it is refused, the call is made without)
 * @param signal ends the call; it then rejects with an AbortError
 * @returns the `data` of the answer
 */
export async function api(method, path, { body, auth = 'none', signal } = {}) {
  const token = auth === 'none' ? null : session.token;
  const response = await send(method, path, body, token, signal);
  const answer = await response.json().catch(() => null);
  signal?.throwIfAborted();
  if (response.ok && answer?.data) return answer.data;
  if (response.ok) throw new ApiError(0, sentence(0)); // Cut off half-way.
  if (response.status === 401 && auth !== 'none') {
    if (auth === 'optional' && token) {
      session.expire(token, { quietly: true });
      return api(method, path, { body, signal });
    }
    session.expire(token);
  }
  throw new ApiError(response.status, sentence(response.status, answer ?? {}), answer?.data?.errors ?? {});
}

async function send(method, path, body, token, signal) {
  const headers = { Accept: 'application/json, application/problem+json' };
  if (body) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  const call = new AbortController();
  const stop = () => call.abort();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop);
  const patience = setTimeout(stop, PATIENCE_MS);
  try {
    return await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: call.signal, cache: 'no-store' });
  } catch {
    signal?.throwIfAborted();
    throw new ApiError(0, sentence(0));
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', stop);
  }
}

/** What a status means for the person before the screen; the platform's own detail where it knows better. */
export function sentence(status, problem = {}) {
  switch (status) {
    case 0:
      return 'Caravan can’t be reached. Check your connection and try again.';
    case 400:
      return problem.data?.errors ? 'Some of this can’t be accepted yet: see the marked fields.' : (problem.detail ?? 'This can’t be accepted.');
    case 401:
      return problem.detail ?? 'Log in to go on.';
    case 413:
      return 'This is larger than the platform accepts.';
    case 429:
      return 'That was a little too much at once. Wait a moment and try again.';
    case 503:
    case 504:
      return 'A part of the platform is not available at the moment. Try again in a few seconds.';
    default:
      if (status >= 500) return `Something went wrong on our side. Try again${reference(problem)}.`;
      return problem.detail ?? problem.message ?? `The platform refused this (${status}).`;
  }
}

function reference(problem) {
  return problem.instance ? `, or tell the operator: ${problem.instance}` : '';
}

/** Whether an error only says that its call was ended on purpose. */
export function isAbort(error) {
  return error?.name === 'AbortError';
}
