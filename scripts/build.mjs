// npm run build: client/dist, made again from nothing.
import { buildClient } from './lib/build-client.mjs'

console.log('building the client…')
try {
  buildClient({ always: true })
  console.log('client/dist is ready')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
