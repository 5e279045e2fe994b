/**
 * What Node and every browser have, although the language itself does not; the build of the domain sees neither Node's
 * types nor the DOM's, so that nothing else of them slips in.
 */
declare function structuredClone<T>(value: T): T;
declare function btoa(text: string): string;
declare function atob(text: string): string;
