import { CallProblem } from '../platform/exchange';

export interface Reply {
  status: number;
  text: string;
  /** The office's clock, as every answer of a server tells it. */
  date?: string | null;
}

/** One request and its whole answer; OFFLINE when there is none, with the bytes that were `sent` before the line broke. */
export type Transport = (request: {
  method: string;
  address: string;
  headers: Record<string, string>;
  body: Blob | string | null;
}) => Promise<Reply>;

/** Milliseconds without a single byte in either direction, after which a request is given up. A slow one may take as long as it moves. */
const patience = 20_000;

/** By XMLHttpRequest: fetch does not tell how far it has come with sending. */
export const steadily: Transport = ({ method, address, headers, body }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sent = 0;
    const moved = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), patience);
    };
    const given = (): void => {
      clearTimeout(timer);
      reject(new CallProblem('OFFLINE', 0, [], { sent }));
    };
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => {
      sent = loaded;
      moved();
    });
    request.addEventListener('progress', moved);
    request.addEventListener('readystatechange', moved);
    request.addEventListener('error', given);
    request.addEventListener('abort', given);
    request.addEventListener('load', () => {
      clearTimeout(timer);
      resolve({ status: request.status, text: request.responseText, date: request.getResponseHeader('date') });
    });
    moved();
    request.send(body);
  });

/** Work that does not tell how far it is: given up after the same time. */
export async function unlessStalled<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallProblem('OFFLINE', 0)), patience);
  });
  return Promise.race([work, end]).finally(() => clearTimeout(timer));
}
