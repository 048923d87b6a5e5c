/** Calls of the platform's REST API. Every failure is an ApiError with a sentence to show. */

import { wait } from './format.js';
import { session } from './session.js';
import { inTurn } from './turns.js';

/** The platform bounds its own calls to a few seconds; beyond this nobody answers any more. */
const PATIENCE_MS = 20_000;

export class ApiError extends Error {
  /**
   * @param status of HTTP; 0 when there was no answer
   * @param fieldErrors sentences by field name
   * @param retryAfter seconds after which to ask again; 0 when the platform does not say
   * @param requestId by which an operator finds what happened; null when there was no answer
   */
  constructor(status, sentence, fieldErrors = {}, retryAfter = 0, requestId = null) {
    super(sentence);
    this.requestId = requestId;
    this.status = status;
    this.fieldErrors = fieldErrors;
    this.retryAfter = retryAfter;
  }
}

/** What to tell of an error where its fields stand in one place: their sentences, or its own when it is about none. */
export function wording(error) {
  const sentences = Object.values(error.fieldErrors ?? {}).flat();
  return sentences.length ? sentences.join('. ') : error.message;
}

/**
 * @param auth 'none', 'required', or 'optional' (the token goes along; if it is refused, the call is made without)
 * @param body what becomes JSON, or a Blob, which is sent as it is
 * @param text whether the answer is text or nothing, and no envelope
 * @param headers more of the request's
 * @param renew whether a token that has run out is replaced by a new one, and the call repeated
 * @param keepalive whether it is sent although the page goes
 * @param signal ends the call; it then rejects with an AbortError
 * @param answered told the id of the request that was answered
 * @returns the `data` of the answer
 */
export async function api(method, path, { body, headers, auth = 'none', renew = true, text = false, keepalive = false, signal, answered } = {}) {
  const token = auth === 'none' ? null : session.token;
  const response = await send(method, path, { body, token, signal, headers, keepalive });
  if (response.status === 401 && token && renew && (await renewed(token))) {
    return api(method, path, { body, headers, auth, renew: false, text, keepalive, signal, answered });
  }
  if (response.status === 401 && auth === 'optional' && token) {
    session.expire(token, { quietly: true });
    return api(method, path, { body, headers, text, keepalive, signal, answered });
  }
  if (response.status === 401) session.expire(token);
  answered?.(requestIdOf(response));
  return text && response.ok ? response.text() : dataOf(response, signal);
}

async function dataOf(response, signal) {
  const answer = await response.json().catch(() => null);
  signal?.throwIfAborted();
  if (response.ok && answer?.data) return answer.data;
  if (response.ok) throw new ApiError(0, sentence(0)); // Cut off half-way.
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  throw new ApiError(response.status, sentence(response.status, answer ?? {}, retryAfter), answer?.data?.errors ?? {}, retryAfter, requestIdOf(response));
}

function requestIdOf(response) {
  return response.headers.get('X-Request-ID');
}

/**
 * A new token in the place of one that has run out: once, whoever asks, in all tabs, for the refresh token holds once.
 *
 * @returns whether there is one
 * @throws ApiError when that can't be known now; the session stays as it is
 */
function renewed(token) {
  return inTurn(async () => {
    session.reread();
    if (session.token !== token) return session.token !== null;
    if (!session.refreshToken) return false;
    // No signal: the old refresh token is used up even if the view that asked is gone. An answer that was lost is given
    // again for a few seconds, so it is asked for again at once.
    const ask = () => send('POST', '/auth/refresh', { body: { refresh_token: session.refreshToken } });
    const response = await ask().catch(ask);
    if (response.status === 400 || response.status === 401) return false;
    session.begin(await dataOf(response));
    return true;
  });
}

/**
 * Sets a new password. All sessions end by that, this one too, so it begins anew in the same turn: nobody is to renew a
 * token of the old one in between.
 */
export async function changePassword(email, oldPassword, newPassword) {
  // Has the token renewed if need be, which could not be waited for within the turn.
  await api('GET', '/auth/profile', { auth: 'required' });
  await inTurn(async () => {
    const body = { current_password: oldPassword, new_password: newPassword };
    await api('PUT', '/auth/password', { auth: 'required', renew: false, body });
    try {
      session.begin(await api('POST', '/auth/login', { body: { email, password: newPassword } }));
    } catch {
      session.expire(session.token); // The new password is asked for.
    }
  });
}

async function send(method, path, { body, token, signal, headers: more, keepalive = false }) {
  const headers = { Accept: 'application/json, application/problem+json', ...more };
  const raw = body instanceof Blob;
  if (body) headers['Content-Type'] = raw ? body.type || 'text/plain' : 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  const call = new AbortController();
  const stop = () => call.abort();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop);
  const patience = setTimeout(stop, PATIENCE_MS);
  try {
    return await fetch(path, { method, headers, body: body && !raw ? JSON.stringify(body) : body, signal: call.signal, cache: 'no-store', keepalive });
  } catch {
    signal?.throwIfAborted();
    throw new ApiError(0, sentence(0));
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', stop);
  }
}

/** What a status means for the person before the screen; the platform's own detail where it knows better. */
export function sentence(status, problem = {}, retryAfter = 0) {
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
      return `${problem.detail ?? 'That was a little too much at once.'} Try again ${retryAfter ? wait(retryAfter) : 'in a moment'}.`;
    case 503:
    case 504:
      return `A part of the platform is not available at the moment. Try again ${retryAfter ? wait(retryAfter) : 'in a few seconds'}.`;
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
