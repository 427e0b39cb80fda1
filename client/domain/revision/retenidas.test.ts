import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../../schema/core/canonico.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import type { AvisoDoc, ClienteDoc, ConfigDoc, RetencionDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { AHORA, CADENA, CAJERO, CLIENTE, SUCURSAL, unId } from '../../../schema/testing/constructores.ts'
import { costoDe, explicar } from './explicar.ts'
import { decididasDe, desenlaceDe, porDecidir, retenidasDe } from './retenidas.ts'
import { tareasDe } from './tareas.ts'

const unaRetencion = (mas: Partial<RetencionDoc> = {}): RetencionDoc => ({
  regla: 'R2',
  codigo: 'qr_repetido',
  alVencer: 'caducar',
  venceAt: AHORA + 14 * DIA,
  estado: 'activa',
  ...mas,
})
const unaVenta = (n: number, retenciones: RetencionDoc[] = [unaRetencion()]) =>
  ({
    id: unId(n),
    sucursalId: SUCURSAL,
    empleadoId: CAJERO,
    clienteId: CLIENTE,
    folio: `C1-00000${n}`,
    montoCentavos: 48_000,
    puntosOtorgados: 72,
    puntosDevueltos: 0,
    retenida: true,
    retenciones,
    effAt: AHORA + n,
  }) as unknown as TransaccionDoc
const renglon = (seq: number, estado: string, datos: unknown) => ({
  id: `${CADENA}|${String(seq).padStart(10, '0')}`,
  tipo: 'ajuste_puntos',
  estado,
  wall: AHORA + seq,
  cuerpo: textoCanonico({ id: unId(seq), datos }),
})
const ajuste = (n: number, regla = 'R2', decision = 'aprobar') => ({ transaccionId: unId(n), regla, decision, motivo: '' })
const CONTEXTO = {
  clientes: [{ id: CLIENTE, alias: 'Juan P.' } as ClienteDoc],
  config: [
    { id: `sucursal:${SUCURSAL}`, sucursalId: SUCURSAL, nombre: 'Norte', numero: 1, zonaHoraria: 'America/Tijuana' },
    { id: `empleado:${CAJERO}`, nick: 'lucia' } as unknown as ConfigDoc,
  ] as ConfigDoc[],
  decididas: [],
  sucursalId: null,
  zona: 'America/Mexico_City',
}

test('a held sale says who, where, how many points, and how it ends by itself', () => {
  const [una, otra] = retenidasDe(
    [unaVenta(1), unaVenta(2, [unaRetencion({ regla: 'R11', codigo: 'reloj', alVencer: 'acreditar' })])],
    CONTEXTO,
  )
  assert.equal(
    [otra?.cliente, otra?.operador, otra?.sucursal, otra?.zona, otra?.puntos],
    ['Juan P.', '@lucia', 'Norte', 'America/Tijuana', 72],
  )
  assert.equal([una?.fin?.alVencer, otra?.fin?.alVencer], ['acreditar', 'caducar'])
  assert.equal(retenidasDe([unaVenta(1)], { ...CONTEXTO, sucursalId: unId(77) }), [])
})

test('of several rules, one that lapses takes the points; one that was lifted does not count any more', () => {
  const varias = [unaRetencion({ regla: 'R11', alVencer: 'acreditar', venceAt: AHORA + DIA }), unaRetencion({ venceAt: AHORA + 2 * DIA })]
  assert.equal(retenidasDe([unaVenta(1, varias)], CONTEXTO)[0]?.fin, { alVencer: 'caducar', at: AHORA + 2 * DIA })
  const levantada = [varias[0]!, unaRetencion({ estado: 'levantada' })]
  assert.equal(retenidasDe([unaVenta(1, levantada)], CONTEXTO)[0]?.fin, { alVencer: 'acreditar', at: AHORA + DIA })
})

test('a sale is decided once every rule in force has its word; what the server did not take waits again', () => {
  const venta = unaVenta(1, [unaRetencion(), unaRetencion({ regla: 'R16', codigo: 'limite' })])
  const de = (renglones: ReturnType<typeof renglon>[], veredictos: VeredictoDoc[] = []) =>
    retenidasDe([venta], { ...CONTEXTO, decididas: decididasDe(renglones, veredictos) })[0]?.decidida?.estado ?? null
  assert.is(de([renglon(1, 'pendiente', ajuste(1))]), null)
  const dos = [renglon(1, 'recibido', ajuste(1)), renglon(2, 'pendiente', ajuste(1, 'R16'))]
  assert.is(de(dos), 'por_enviar')
  assert.is(de([renglon(1, 'recibido', ajuste(1)), renglon(2, 'recibido', ajuste(1, 'R16'))]), 'enviada')
  const negado = { id: dos[0]!.id, estado: 'en_revision', motivos: [{ regla: 'R2', codigo: 'regla_no_retenida' }] } as VeredictoDoc
  assert.is(de(dos, [negado]), null)
  assert.is(decididasDe(dos, [negado])[0]?.codigo, 'regla_no_retenida')
  assert.equal(decididasDe([{ ...renglon(1, 'pendiente', ajuste(1)), cuerpo: '{' }], []), [])
})

test('one count everywhere: what was decided waits no more, neither while it may be taken back nor once it is written', () => {
  const decididas = decididasDe([renglon(9, 'pendiente', ajuste(2))], [])
  const retenidas = retenidasDe([unaVenta(1), unaVenta(2), unaVenta(3)], { ...CONTEXTO, decididas })
  const foliosCon = (enEspera: Map<string, unknown>) => porDecidir(retenidas, enEspera).map(({ venta }) => venta.folio)
  assert.equal(foliosCon(new Map()), ['C1-000003', 'C1-000001'])
  assert.equal(foliosCon(new Map([[unId(3), 'aprobar']])), ['C1-000001'])
})

test('how a hold ended: refused beats lapsed beats approved, and one still in force has not ended', () => {
  const con = (...estados: RetencionDoc['estado'][]) => desenlaceDe(estados.map((estado) => unaRetencion({ estado })))
  assert.equal(
    [con(), con('activa', 'levantada'), con('levantada'), con('caducada', 'levantada'), con('rechazada', 'caducada')],
    [null, null, 'aprobada', 'caducada', 'rechazada'],
  )
})

test('tasks of this sucursal and of the whole negocio, newest first, until somebody sees to them', () => {
  const uno = (id: string, mas: Partial<AvisoDoc>): AvisoDoc => ({
    id,
    tipo: 'tarea',
    regla: 'R13',
    codigo: 'articulo_no_disponible',
    costoCentavos: null,
    puntos: null,
    datos: {},
    creadoAt: AHORA,
    resueltoAt: null,
    resolucion: null,
    ...mas,
  })
  const avisos = [
    uno('a', {}),
    uno('b', { datos: { sucursalId: unId(50) }, creadoAt: AHORA + 1 }),
    uno('c', { resolucion: 'atendida' }),
    uno('d', { tipo: 'conflicto', codigo: 'edicion_perdida' }),
  ]
  assert.equal([tareasDe(avisos, null).map((a) => a.id), tareasDe(avisos, SUCURSAL).map((a) => a.id)], [['b', 'a'], ['a']])
})

test('[R3] [R4] [R5] what was given beyond what counts is said with its cost, and whose it is', () => {
  const base = { puntos: 30, datos: { nombre: 'Café gratis' } }
  const doble = { ...base, regla: 'R4' as const, codigo: 'canje_doble', costoCentavos: 4_500 }
  assert.match(explicar(doble) ?? '', /^Café gratis se entregó en dos cajas/)
  assert.is(costoDe(doble), 'Costo: $45.00')
  const cupon = { ...base, regla: 'R3' as const, datos: { titulo: '2x1' }, costoCentavos: 5_000 }
  assert.match(explicar({ ...cupon, codigo: 'cupon_repetido' }) ?? '', /^2x1 se usó más veces/)
  assert.match(explicar({ ...cupon, codigo: 'cupon_vencido', datos: { titulo: null } }) ?? '', /^El cupón no valía/)
  const tardio = { ...base, regla: 'R5' as const, codigo: 'canje_tardio', costoCentavos: null }
  assert.is(costoDe(tardio), 'Sin costo para ti')
  assert.match(explicar({ ...tardio, datos: { nombre: 'Café gratis', sobregiro: 15 } }) ?? '', /quedó a deber 15/)
  assert.match(explicar(tardio) ?? '', /^Café gratis se entregó a tiempo sin red, y lo supimos después de devolver los puntos/)
  assert.match(explicar({ ...tardio, datos: { nombre: 'Café gratis', devueltos: false } }) ?? '', /seguían apartados y se cobraron/)
  assert.is(explicar({ ...tardio, regla: 'R16', codigo: 'limite' }), null)
})

test.run()
