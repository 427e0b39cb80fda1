/** npm run fotos: the whole album. The four best of it are the README's; the three cards go into one picture beside them. */
import { Mundo } from '../lib/mundo.ts'
import { Album } from './album.ts'
import { escribirLasDelLeeme } from './leeme.ts'
import { PARTES } from './partes.ts'
import { tresNiveles } from './tres-niveles.ts'

const [carpeta = 'docs/fotos', patron = ''] = process.argv.slice(2)
const album = new Album(carpeta)
const mundo = new Mundo()
mundo.entorno = { DEMO_DIAS: '84' }

try {
  await mundo.levantarServidor()
  for (const [nombre, tomar] of Object.entries(PARTES)) {
    if (!new RegExp(patron).test(nombre)) continue
    console.log(nombre)
    await tomar(mundo, album).catch((error: unknown) => {
      console.error(`${nombre} ended early:`, error)
      process.exitCode = 1
    })
    if (!mundo.servidor) await mundo.levantarServidor()
  }
  if (carpeta === 'docs/fotos' && !patron && !process.exitCode) {
    await tresNiveles(mundo, 'docs/niveles.webp')
    await escribirLasDelLeeme(mundo, carpeta)
  }
} finally {
  album.escribirHoja()
  await mundo.cerrar()
}
console.log(`${carpeta}/index.html`)
