/** `npm run replay -- FILE [--offline]`: a real day goes through real replicas, and the ledger must equal the file's own sums. */
import { readFileSync } from 'node:fs'
import cliProgress from 'cli-progress'
import type { Db } from '../../sync-server/db/db.ts'
import { openDb } from '../../sync-server/db/open.ts'
import { CLAVE_DE_PRUEBA } from '../../sync-server/testing/db.ts'
import { leerDia } from './replay/archivo.ts'
import { VALOR_PUNTO_CENTAVOS, vivirDia } from './replay/dia.ts'
import { sumar } from './replay/sumas.ts'
import { cuadrar } from './replay/tabla.ts'

/** The embedded database in memory, or the PostgreSQL of DATABASE_URL. */
function abrirBase(): Promise<Db> {
  const { DATABASE_URL: databaseUrl, SECRET_KEY } = process.env
  if (!databaseUrl) return openDb({ enMemoria: true, secretKey: CLAVE_DE_PRUEBA })
  if (!SECRET_KEY) throw new Error('With DATABASE_URL, set SECRET_KEY: the key that database was opened with.')
  return openDb({ databaseUrl, secretKey: SECRET_KEY })
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const archivo = args.find((arg) => !arg.startsWith('--'))
  const desconocida = args.find((arg) => arg.startsWith('--') && arg !== '--offline')
  if (!archivo || desconocida) {
    console.error(desconocida ? `unknown option ${desconocida}` : 'npm run replay -- FILE [--offline]')
    return 2
  }
  const { lineas, rechazadas } = leerDia(readFileSync(archivo, 'utf8'))
  const offline = args.includes('--offline')
  const db = await abrirBase()
  const barra = new cliProgress.SingleBar(
    { format: '{bar} {value}/{total} líneas', hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_grey,
  )
  try {
    barra.start(lineas.length, 0)
    const secretKey = process.env.DATABASE_URL ? process.env.SECRET_KEY : undefined
    const dia = await vivirDia({ db, lineas, offline, ...(secretKey ? { secretKey } : {}), alAvanzar: (hechas) => barra.update(hechas) })
    barra.stop()
    const todas = [...rechazadas, ...dia.rechazadas].sort((a, b) => a.numero - b.numero)
    for (const { numero, codigo, razon } of todas) console.log(`línea ${numero} rechazada: ${codigo} · ${razon}`)
    const { texto, iguales } = cuadrar(dia.libro, sumar(dia.registradas, BigInt(VALOR_PUNTO_CENTAVOS)))
    console.log(texto)
    console.log(`${dia.registradas.length} líneas registradas, ${todas.length} rechazadas${offline ? ', sin red hasta el cierre' : ''}`)
    console.log(iguales && dia.pendientes === 0 ? 'iguales' : dia.pendientes > 0 ? `faltan ${dia.pendientes} por enviar` : 'distintos')
    return iguales && dia.pendientes === 0 ? 0 : 1
  } finally {
    barra.stop()
    await db.close()
  }
}

main().then(
  (codigo) => process.exit(codigo),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
