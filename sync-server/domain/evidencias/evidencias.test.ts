/** SCAN-17, 34: the photo of a sale, in parts, private, and gone when no sale has it. */
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../../schema/core/tiempo.ts'
import { CAJERO_BASICO, SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import { FOTO_MAXIMA_BYTES, PARTE_DE_FOTO_BYTES, type RespuestaEvidencia } from '../../../schema/protocol/evidencias.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import { limpiarImagenes } from '../imagenes/limpiar.ts'
import { limpiarEvidencias } from './limpiar.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let caja: CajaDePrueba
let token: string
let foto: Buffer
test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor)
  caja = await altaDeCaja(servidor, negocio)
  token = (await sesionDeDispositivo(servidor, caja)).token
  const ruido = { type: 'gaussian', mean: 128, sigma: 60 } as const
  foto = await sharp({ create: { width: 420, height: 300, channels: 3, background: '#808080', noise: ruido } })
    .webp({ quality: 90 })
    .toBuffer()
  assert.ok(foto.length > PARTE_DE_FOTO_BYTES, 'it needs more than one part')
})
test.after(() => servidor.cerrar())

const hashDe = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
async function parte(hash: string, bytes: Uint8Array, desde: number, total: number, de = token) {
  const r = await servidor.fetch(`http://localhost:8080/api/scanya/evidencias/${hash}?desde=${desde}&total=${total}`, {
    method: 'PUT',
    headers: { 'content-type': 'image/webp', authorization: `Bearer ${de}` },
    body: new Uint8Array(bytes),
  })
  const { data, code } = (await r.json()) as { data: RespuestaEvidencia; code?: string }
  return code ?? data
}
const mirar = (hash: string, de: string) =>
  servidor.fetch(`http://localhost:8080/api/scanya/evidencias/${hash}`, { headers: { authorization: `Bearer ${de}` } })

async function entera(bytes: Buffer) {
  const hash = hashDe(bytes)
  for (let en = 0; en < bytes.length; en += PARTE_DE_FOTO_BYTES)
    await parte(hash, bytes.subarray(en, en + PARTE_DE_FOTO_BYTES), en, bytes.length)
  return hash
}

test('SCAN-17: a photo comes in parts, goes on where it was left, and is whole only when its hash is', async () => {
  const [hash, total] = [hashDe(foto), foto.length]
  const primera = foto.subarray(0, PARTE_DE_FOTO_BYTES)
  assert.equal(await parte(hash, primera, 0, total), { recibidos: PARTE_DE_FOTO_BYTES, completa: false })
  assert.equal(
    await parte(hash, primera, 0, total),
    { recibidos: PARTE_DE_FOTO_BYTES, completa: false },
    'a part that comes again adds nothing',
  )
  assert.equal(await parte(hash, foto.subarray(PARTE_DE_FOTO_BYTES + 7), PARTE_DE_FOTO_BYTES + 7, total), {
    recibidos: PARTE_DE_FOTO_BYTES,
    completa: false,
  })
  assert.equal(await parte(hash, foto.subarray(PARTE_DE_FOTO_BYTES), PARTE_DE_FOTO_BYTES, total - 1), 'IMAGEN_GRANDE')
  const estado = await servidor.fetch(`http://localhost:8080/api/scanya/evidencias/${hash}/estado`, {
    headers: { authorization: `Bearer ${token}` },
  })
  assert.equal(((await estado.json()) as { data: RespuestaEvidencia }).data, { recibidos: PARTE_DE_FOTO_BYTES, completa: false })
  const resto = foto.subarray(PARTE_DE_FOTO_BYTES)
  const aLaVez = await Promise.all([1, 2].map(() => parte(hash, resto, PARTE_DE_FOTO_BYTES, total)))
  for (const r of aLaVez) assert.is((r as RespuestaEvidencia).recibidos, total)
  assert.equal(await parte(hash, primera, 0, total), { recibidos: total, completa: true })
})

test('what is no photo, or another than its hash says, leaves nothing; a large one is refused before it is sent', async () => {
  const falsa = Buffer.from('no photo at all')
  assert.is(await parte(hashDe(falsa), falsa, 0, falsa.length), 'IMAGEN_INVALIDA')
  assert.is(await parte('ab'.repeat(32), foto, 0, foto.length), 'IMAGEN_INVALIDA')
  assert.is(await parte('cd'.repeat(32), falsa, 0, FOTO_MAXIMA_BYTES + 1), 'IMAGEN_GRANDE')
  const filas = await servidor.db.superusuario`select 1 from evidencias_foto where negocio_id = ${negocio.negocioId}`
  assert.is(filas.length, 1, 'the one of before')
})

test('SCAN-34: whoever sees the sale sees its photo; the public address of pictures, another cashier and another negocio do not', async () => {
  const otra = await sharp(foto).negate().webp().toBuffer()
  const hash = await entera(otra)
  assert.is((await mirar(hash, token)).status, 404, 'no sale has it yet')
  const alta = { nombre: 'Carlos', pin: '4821' }
  const carlos = await crearEmpleado(servidor.deps, negocio.negocioId, { ...alta, nick: 'carlos', permisosScanYA: CAJERO_BASICO })
  await crearEmpleado(servidor.deps, negocio.negocioId, { ...alta, nick: 'otro', permisosScanYA: CAJERO_BASICO })
  await crearEmpleado(servidor.deps, negocio.negocioId, { ...alta, nick: 'jefa', permisosScanYA: SUPERVISOR })
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  await diario.vender({ foto: hash }, { operador: { tipo: 'empleado', id: carlos.id } })
  await diario.subir()
  const de = async (nick: string) => (await loginEmpleado(servidor, caja, nick, '4821')).cuerpo.data.token
  const estados = [token, await de('carlos'), await de('jefa'), await de('otro'), await tokenDeCuenta(servidor, negocio.dueno.usuarioId)]
  assert.equal(await Promise.all(estados.map(async (t) => (await mirar(hash, t)).status)), [200, 200, 200, 404, 200])
  const vecino = await crearNegocioDePrueba(servidor)
  assert.is((await mirar(hash, await tokenDeCuenta(servidor, vecino.dueno.usuarioId))).status, 404)
  assert.is((await servidor.fetch(`http://localhost:8080/imagenes/${negocio.negocioId}/${hash}`)).status, 404)
  const r = await mirar(hash, token)
  assert.equal([r.headers.get('content-type'), r.headers.get('cache-control')], ['image/webp', 'private, max-age=86400'])
  assert.equal(
    await sharp(Buffer.from(await r.arrayBuffer()))
      .metadata()
      .then((m) => [m.format, m.width]),
    ['webp', 420],
  )
})

test('NF-28: a photo whose sale never came goes after 35 days, that of a sale stays', async () => {
  const suelta = hashDe(foto)
  // Four more of a till that was lost: a run goes on until nothing is left, two at a time here.
  await servidor.db.superusuario`
    insert into evidencias_foto (negocio_id, hash, archivo, total, created_at)
    select ${negocio.negocioId}, repeat(n::text, 64), repeat(n::text, 64), 9, ${new Date(servidor.reloj.ahora())} from generate_series(1, 4) n`
  servidor.reloj.avanzar(36 * DIA)
  assert.is(await limpiarEvidencias(servidor.deps, 2), 5)
  await limpiarImagenes(servidor.deps)
  token = (await sesionDeDispositivo(servidor, caja)).token
  const [queda, ...mas] = await servidor.db.superusuario`select hash from evidencias_foto where negocio_id = ${negocio.negocioId}`
  assert.ok(queda && queda.hash !== suelta && mas.length === 0)
  assert.is((await mirar(queda.hash, token)).status, 200)
  assert.is(await limpiarEvidencias(servidor.deps), 0)
})

test.run()
