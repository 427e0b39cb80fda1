// Node has WebCrypto as a global but gives its types no global names; the schema's signatures use the browser's names.
declare global {
  type CryptoKey = import('node:crypto').webcrypto.CryptoKey
  type CryptoKeyPair = import('node:crypto').webcrypto.CryptoKeyPair
  type JsonWebKey = import('node:crypto').webcrypto.JsonWebKey
  type BufferSource = import('node:crypto').webcrypto.BufferSource
}

export {}
