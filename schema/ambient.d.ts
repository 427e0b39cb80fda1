// What every place the schema runs in has: page, worker and Node. Anything not named here (window, document, process,
// timers, the clock of a machine's UI) does not compile inside schema/, and that is the point.

type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer

interface JsonWebKey {
  kty?: string
  crv?: string
  x?: string
  y?: string
  d?: string
  k?: string
  alg?: string
  use?: string
  ext?: boolean
  key_ops?: string[]
}

interface CryptoKey {
  readonly type: 'public' | 'private' | 'secret'
  readonly extractable: boolean
  readonly algorithm: { name: string }
  readonly usages: KeyUsage[]
}

interface CryptoKeyPair {
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}

type KeyUsage = 'sign' | 'verify' | 'encrypt' | 'decrypt' | 'deriveBits' | 'deriveKey' | 'wrapKey' | 'unwrapKey'

interface AlgorithmName {
  name: string
  namedCurve?: string
  hash?: string | { name: string }
  length?: number
  salt?: BufferSource
  info?: BufferSource
  iv?: BufferSource
  public?: CryptoKey
}

interface SubtleCrypto {
  digest(algorithm: string, data: BufferSource): Promise<ArrayBuffer>
  generateKey(algorithm: AlgorithmName & { namedCurve: string }, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKeyPair>
  generateKey(algorithm: AlgorithmName, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey>
  importKey(format: 'jwk', key: JsonWebKey, algorithm: AlgorithmName, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey>
  importKey(
    format: 'raw' | 'spki' | 'pkcs8',
    key: BufferSource,
    algorithm: AlgorithmName | string,
    extractable: boolean,
    usages: KeyUsage[],
  ): Promise<CryptoKey>
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>
  exportKey(format: 'raw' | 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer>
  sign(algorithm: AlgorithmName | string, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>
  verify(algorithm: AlgorithmName | string, key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>
  deriveBits(algorithm: AlgorithmName, baseKey: CryptoKey, length: number): Promise<ArrayBuffer>
}

interface Crypto {
  readonly subtle: SubtleCrypto
  getRandomValues<T extends ArrayBufferView>(array: T): T
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`
}
declare var crypto: Crypto

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: ArrayBufferView | ArrayBuffer): string
}

declare function btoa(binary: string): string
declare function atob(base64: string): string
declare function structuredClone<T>(value: T): T
