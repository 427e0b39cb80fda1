/**
 * `revisar-carpeta <DATA_DIR>`: what a server that ended, however it ended, left in its folder. Every negocio's ledger is what the oracle makes of the
 * entries accepted, and nothing is missing between them. Prints `{"negocios":3,"recibidos":120}`; ends with 1 and what differs otherwise. The server must
 * not run there.
 */
import { abrirCarpetaDePrueba, type DbDePrueba } from '../../../sync-server/testing/db.ts'
import { revisarEntero } from '../../../sync-server/testing/kill-libro.ts'
import { compararLibro, contarDiferencia } from './comparar.ts'
import { plegar } from './fold.ts'
import { leerInsumos } from './insumos.ts'

const A_LO_MAS = 5

async function revisar(db: DbDePrueba, negocioId: string): Promise<number> {
  const recibidos = await db.negocio(negocioId, revisarEntero)
  const diferencias = await compararLibro(db.superusuario, negocioId, plegar(await leerInsumos(db.superusuario, negocioId)))
  if (diferencias.length > 0)
    throw new Error(`${diferencias.length} differ in ${negocioId}\n${diferencias.slice(0, A_LO_MAS).map(contarDiferencia).join('\n')}`)
  return recibidos.length
}

const db = await abrirCarpetaDePrueba(process.argv[2] ?? '')
try {
  const negocios = await db.superusuario`select negocio_id from negocios order by negocio_id`
  let recibidos = 0
  for (const { negocioId } of negocios) recibidos += await revisar(db, negocioId)
  console.log(JSON.stringify({ negocios: negocios.length, recibidos }))
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await db.close()
}
