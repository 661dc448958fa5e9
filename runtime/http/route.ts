import type { IncomingMessage, ServerResponse } from 'node:http';
import type Type from 'typebox';
import type { Access } from './access.ts';
import type { Auth } from './auth/auth.ts';
import type { Caller } from './auth/caller.ts';
import type { Live } from './live.ts';
import type { Services } from './services.ts';

/** The connection a call came over, for rate limits and cookies. */
interface Client {
  address: string;
  request: IncomingMessage;
}

/** What every handler gets: its input, already checked, and the house it works in. */
interface Call<Params, Query, Body, Who> {
  params: Params;
  query: Query;
  body: Body;
  caller: Who;
  services: Services;
  auth: Auth;
  live: Live;
  client: Client;
  /** Where the caller's browser reaches this server, without a slash at the end. */
  origin: string;
}

/** One that stands several times has a list. */
type Headers = Readonly<Record<string, string | string[]>>;

/** A JSON answer that needs headers of its own, such as a cookie. */
export class Reply<T> {
  readonly body: T;
  readonly headers: Headers;

  constructor(body: T, headers: Headers) {
    this.body = body;
    this.headers = headers;
  }
}

/** An answer that is not JSON: bytes at once, or a function that takes over the response and keeps it open. */
export interface MediaReply {
  headers: Headers;
  content: string | Uint8Array | ((response: ServerResponse) => void);
}

/** The response of a route that answers in another media type than JSON. */
export interface Media {
  media: string;
  description: string;
}

/** Answered with 204 and nothing else. */
export const noContent = null;

type ResponseSpec = Type.TSchema | Media | typeof noContent;

/** Of a body that anybody may send: a name, a password and a code fit many times over. */
export const maxStrangersBytes = 16_384;

/** Bytes that a route accepts beside JSON; its handler then gets them as a Uint8Array in place of the body. */
export interface RawBody {
  media: string;
  maxBytes: number;
  description: string;
}

type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof PathParams<`/${Rest}`>]: string }
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>;

type StaticOr<S, Otherwise> = S extends Type.TSchema ? Type.Static<S> : Otherwise;
type BodyOf<B, Raw> = Raw extends RawBody ? StaticOr<B, never> | Uint8Array : StaticOr<B, undefined>;
type WhoOf<A> = A extends 'public' ? Caller | null : Caller;
type AnswerOf<R> = R extends Media
  ? MediaReply
  : R extends Type.TSchema
    ? Type.Static<R> | Reply<Type.Static<R>>
    : // biome-ignore lint/suspicious/noConfusingVoidType: a handler with nothing to answer returns nothing
      void | Reply<null>;

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface RouteDefinition<
  P extends string,
  A extends Access,
  S extends Type.TSchema | undefined,
  Q extends Type.TSchema | undefined,
  B extends Type.TSchema | undefined,
  Raw extends RawBody | undefined,
  R extends ResponseSpec,
> {
  method: Method;
  /** Express path; `:name` segments become params. */
  path: P;
  /** One line for the OpenAPI document. */
  summary: string;
  access: A;
  /** Changes nothing that others see, whatever its method: the audit log leaves it out. */
  isReading?: true;
  /** What the call turned out to be about, beside its params, for the audit log. */
  about?(answer: AnswerOf<R>): object;
  /** Schema of the params where they are more than text; numbers are read from the path. */
  params?: S;
  query?: Q;
  body?: B;
  /** Largest JSON body in bytes; 1 MiB where nothing is said. */
  maxBytes?: number;
  rawBody?: Raw;
  response: R;
  /** Of success; 200, or 204 without content, where nothing is said. */
  status?: number;
  handler(
    call: Call<StaticOr<S, PathParams<P>>, StaticOr<Q, Record<never, never>>, BodyOf<B, Raw>, WhoOf<A>>,
  ): AnswerOf<R> | Promise<AnswerOf<R>>;
}

/** A route as registration and the OpenAPI document see it, its types folded away. */
export interface Route {
  method: Method;
  path: string;
  summary: string;
  access: Access;
  isReading?: true;
  /** A method for the same reason as `handler`. */
  about?(answer: unknown): object;
  params?: Type.TSchema | undefined;
  query?: Type.TSchema | undefined;
  body?: Type.TSchema | undefined;
  maxBytes?: number;
  rawBody?: RawBody | undefined;
  response: ResponseSpec;
  status?: number;
  /** A method, so that handlers with narrower input fit: registration validates against the very schemas they were typed by. */
  handler(call: Call<unknown, unknown, unknown, Caller | null>): unknown;
}

/**
 * Defines one route. Registration, validation, access control and the OpenAPI document are all made from this one definition,
 * so none of them can disagree with another.
 */
export function route<
  const P extends string,
  const A extends Access,
  R extends ResponseSpec,
  S extends Type.TSchema | undefined = undefined,
  Q extends Type.TSchema | undefined = undefined,
  B extends Type.TSchema | undefined = undefined,
  Raw extends RawBody | undefined = undefined,
>(definition: RouteDefinition<P, A, S, Q, B, Raw, R>): Route {
  return definition;
}

export function isMedia(response: ResponseSpec): response is Media {
  return response !== null && Object.hasOwn(response, 'media');
}

/** The status of success. */
export function successStatus(definition: Pick<Route, 'status' | 'response'>): number {
  return definition.status ?? (definition.response === noContent ? 204 : 200);
}
