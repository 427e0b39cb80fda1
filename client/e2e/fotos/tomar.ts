/** The whole album, part by part: each on its own devices, all in one demo world with its twelve weeks. */

import { Mundo } from '../lib/mundo.ts'
import { Album } from './album.ts'
import { escenasDeCardya } from './cardya.ts'
import { escenasDeEscritorio } from './escritorio.ts'
import { escenasDeScanya } from './scanya.ts'

const [carpeta = 'docs/fotos', patron = ''] = process.argv.slice(2)
const album = new Album(carpeta)
const mundo = new Mundo()
mundo.entorno = { DEMO_DIAS: '84' }
const partes: Record<string, (mundo: Mundo, album: Album) => Promise<void>> = {
  escritorio: escenasDeEscritorio,
  cardya: escenasDeCardya,
  scanya: escenasDeScanya,
}

try {
  await mundo.levantarServidor()
  for (const [nombre, tomar] of Object.entries(partes)) {
    if (!new RegExp(patron).test(nombre)) continue
    console.log(nombre)
    await tomar(mundo, album).catch((error: unknown) => {
      console.error(`${nombre} ended early:`, error)
      process.exitCode = 1
    })
    if (!mundo.servidor) await mundo.levantarServidor()
  }
} finally {
  album.escribirHoja()
  await mundo.cerrar()
}
console.log(`${carpeta}/index.html`)
