// The browser of the journeys: the system's Chromium, never a downloaded one.
import { existsSync } from 'node:fs'
import { installDebianPackage, which } from './debian.mjs'

/** What Chromium needs to run headless, as root, without talking to its maker. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** Path of the browser: CHROMIUM_PATH, else the usual names; else Debian's package is installed. Throws where it cannot. */
export function findChromium() {
  const found = lookForChromium()
  if (found) return found
  installDebianPackage('chromium', 'the journeys in a real browser')
  const installed = lookForChromium()
  if (!installed) throw new Error('chromium is installed but its program was not found')
  return installed
}

function lookForChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && existsSync(named)) return named
  return which('chromium') ?? which('chromium-browser') ?? which('google-chrome')
}
