/** Shapes with two nodes on one PostgreSQL: no node knows anything that the other does not. */
import type { Row } from '@electric-sql/client'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openDb } from '../../db/open.ts'
import { crearArticulos } from '../../domain/articulos/crear.ts'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA, type DbPgDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  type ServidorDePrueba,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { Lector, type Puerto, ponerEnPuerto } from '../../testing/shapes.ts'
import { flusherDe } from '../flusher.ts'
import { iniciarRelevo } from '../relay.ts'

/** Nobody is woken by a clock of its own: only by the commit of the other node. */
const SOLO_AVISOS = { esperaMs: 60_000, revisionMs: 60_000 }

let db: DbPgDePrueba
const nodos: { servidor: ServidorDePrueba; puerto: Puerto; parar: () => Promise<void> }[] = []
let negocio: NegocioDePrueba
const lectores: Lector[] = []

test.before(async () => {
  db = await abrirDbPgDePrueba()
  const otra = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA })
  const reloj = { ahora: Date.now, avanzar: () => {} }
  for (const suya of [db, otra]) {
    const servidor = await createTestServer({ db: suya, reloj })
    nodos.push({ servidor, puerto: await ponerEnPuerto(servidor, SOLO_AVISOS), parar: await iniciarRelevo(servidor.deps) })
  }
  negocio = await crearNegocioDePrueba(nodos[0]!.servidor)
})
test.after(async () => {
  for (const lector of lectores) lector.cerrar()
  for (const { puerto, parar } of nodos) {
    await puerto.cerrar()
    await parar()
  }
  await nodos[1]?.servidor.cerrar()
  await db?.close()
})

async function leer(nodo: number, params: Record<string, string>, usuarioId = negocio.dueno.usuarioId): Promise<Lector> {
  const { servidor, puerto } = nodos[nodo]!
  const lector = new Lector(puerto.url, await tokenDeCuenta(servidor, usuarioId), { params })
  lectores.push(lector)
  return lector
}
const crear = (nodo: number, nombre: string) =>
  crearArticulos(nodos[nodo]!.servidor.deps, negocio.negocioId, `nodo ${nodo}`, [{ nombre, precioCentavos: 100 }])
const articulos = () => ({ table: 'articulos', negocio: negocio.negocioId })

test('[SH4] what one node writes is told live by the other', async () => {
  const lector = await leer(1, articulos())
  await lector.conFilas(0)
  await crear(0, 'Agua')
  await lector.conFilas(1)
  await crear(1, 'Pizza')
  await lector.conFilas(2)
})

test('[SH5] a reader that goes on at another node misses nothing and begins nothing anew', async () => {
  const aqui = await leer(0, articulos())
  await aqui.hasta(() => aqui.shape.isUpToDate)
  const desde = aqui.punto()
  aqui.cerrar()
  await crear(0, 'Café')
  const { servidor, puerto } = nodos[1]!
  const alla = new Lector(puerto.url, await tokenDeCuenta(servidor, negocio.dueno.usuarioId), { params: articulos(), desde })
  lectores.push(alla)
  await alla.hasta(() => alla.filas<Row>().some((f) => f.nombre === 'Café'))
  assert.equal([alla.operaciones(), alla.controles().includes('must-refetch')], [['insert'], false])
})

test('[SH2] both nodes write at once while four readers come and go: all of them hold what there is', async () => {
  const leyendo = await Promise.all([0, 1, 0, 1].map((nodo) => leer(nodo, articulos())))
  const escribir = async (nodo: number) => {
    for (let i = 0; i < 15; i++) await crear(nodo, `N${nodo}-${i}`)
  }
  await Promise.all([escribir(0), escribir(1), escribir(0), escribir(1)])
  const tarde = await leer(1, articulos())
  const hay = await db.superusuario`select id from articulos where negocio_id = ${negocio.negocioId} order by id`
  for (const lector of [...leyendo, tarde]) {
    await lector.conFilas(hay.length)
    assert.equal(
      lector
        .filas<{ id: string }>()
        .map((f) => f.id)
        .sort(),
      hay.map((f) => f.id),
    )
    lector.cerrar()
  }
})

test('[SH4] a till that speaks to one node is seen live in the Panel of the other', async () => {
  const admin = (await crearCuentaDePrueba(nodos[0]!.servidor)).usuarioId
  await db.superusuario`update usuarios set es_superadmin = true where id = ${admin}`
  const lector = await leer(1, { table: 'dispositivos', negocio: negocio.negocioId }, admin)
  await lector.conFilas(0)
  const { servidor } = nodos[0]!
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  await diario.vender()
  await diario.subir()
  await flusherDe(servidor.deps).vaciar()
  await lector.hasta(() => Number(lector.filas<Row>()[0]?.recibidos) >= 2)
})

test.run()
