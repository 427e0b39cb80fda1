// npm run fotos [-- FOLDER [PATTERN]]: pictures of every screen of the built client, on a phone and on a desk, in its normal and its worst state.
// Default folder docs/fotos, which is not committed; index.html there shows them all. PATTERN: only the parts whose name it matches.
import { buildClient } from './lib/build-client.mjs'
import { execTs } from './lib/exec-ts.mjs'

if (!process.env.CLIENT_DIR) buildClient()
execTs('client/e2e/fotos/tomar.ts')
