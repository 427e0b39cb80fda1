/** A platform of synthetic state: tenants, sucursales and devices set-based, then what every device says, through the flusher as in production. */
import { DIA, HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import { VERSION } from '../../schema/protocol/version.ts'
import type { Deps } from '../../sync-server/context.ts'
import { flusherDe } from '../../sync-server/sync/flusher.ts'
import { libretaDe } from '../../sync-server/sync/plataforma/notas.ts'

export const NEGOCIOS = 1_000
export const EQUIPOS_POR_NEGOCIO = 50
export const VEREDICTOS = 50_000
const GIROS = ['Pizzería', 'Café', 'Taquería', 'Ferretería', 'Papelería', 'Gimnasio', 'Estética', 'Panadería', 'Veterinaria', 'Farmacia']
const APELLIDOS = ['Roma', 'Central', 'Don Chuy', 'El Tornillo', 'Sol', 'Fitness', 'Lupita', 'La Espiga', 'Huellas', 'San José', 'Órbita']

export interface Equipo {
  dispositivoId: string
  negocioId: string
}

/** Gives every device. Everything not said here (the journals) is empty: the Panel's lists never read it. */
export async function sembrarPlataforma(deps: Deps, negocios = NEGOCIOS): Promise<Equipo[]> {
  await deps.db.plataforma(async (sql) => {
    await sql`
      insert into negocios (negocio_id, numero, nombre, codigo_caja)
      select md5('n' || i)::uuid, 1000 + i, (${sql.json(GIROS)}::jsonb ->> (i % 10)) || ' ' || (${sql.json(APELLIDOS)}::jsonb ->> (i % 11)) || ' ' || i,
        'bench-' || i
      from generate_series(1, ${negocios}) i`
    await sql`
      insert into negocio_sucursales (negocio_id, id, numero, nombre)
      select md5('n' || i)::uuid, md5('s' || i || '-' || s)::uuid, s, case s when 1 then 'Centro' else 'Norte' end
      from generate_series(1, ${negocios}) i, generate_series(1, 2) s`
    await sql`
      insert into dispositivos (negocio_id, id, sucursal_id, tipo, nombre, clave_publica, serie)
      select md5('n' || i)::uuid, md5('d' || i || '-' || d)::uuid, md5('s' || i || '-' || (1 + d % 2))::uuid, 'caja', 'Caja ' || d, 'x', 'C' || d
      from generate_series(1, ${negocios}) i, generate_series(1, ${EQUIPOS_POR_NEGOCIO}) d`
  })
  const equipos = await deps.db.plataforma((sql) => sql<Equipo[]>`select id as dispositivo_id, negocio_id from dispositivos order by id`)
  for (const [i, equipo] of equipos.entries()) decir(deps, equipo, i)
  await flusherDe(deps).vaciar()
  await sembrarVeredictos(deps, equipos.length)
  await sembrarPulso(deps)
  return [...equipos]
}

/** One in five is silent for hours; one in seven of the others has something pending; some clocks, versions and disks are wrong. */
export function decir(deps: Deps, equipo: Equipo, i: number): void {
  const callado = i % 5 === 0
  const at = deps.now() - (callado ? 2 * HORA + (i % 7_000) * SEGUNDO : (i % 60) * SEGUNDO)
  const pendientes = i % 7 === 0 ? 1 + (i % 20) : 0
  const estado = {
    pendientes,
    masAntiguoAt: pendientes > 0 ? at - (i % 90) * MINUTO : null,
    offset: i % 211 === 0 ? 15 * MINUTO : (i % 900) - 450,
    almacenBytes: 1_000_000 + i,
    cuotaBytes: i % 503 === 0 ? 1_100_000 : 2_000_000_000,
    persistente: i % 3 !== 0,
    versionApp: '0.1.0',
  }
  const libreta = libretaDe(deps)
  libreta.contacto(equipo, at, { estado, protocolo: i % 97 === 0 ? 1 : VERSION })
  libreta.recibidos(equipo, at, 3, [200 + (i % 3_000), 400, 90_000], 0)
}

const sembrarVeredictos = (deps: Deps, equipos: number) =>
  deps.db.plataforma(
    (sql) => sql`
      insert into veredictos_de_nota (id, de_negocio, negocio, sucursal, dispositivo_id, dispositivo, hecho_id, tipo, estado, regla, codigo,
        monto_centavos, puntos, folio, eff_at, juzgado_at, resultado, busca)
      select e.de_negocio || '|' || md5('c' || v)::uuid || '|' || v, e.de_negocio, e.negocio, e.sucursal, e.id, e.nombre, md5('h' || v)::uuid, 'venta',
        'retenido', (array['R2', 'R11', 'R16', 'R15', 'R10'])[1 + v % 5], 'bench', 10000 + v, 10, e.serie || '-' || lpad(v::text, 6, '0'),
        ${new Date(deps.now())}::timestamptz - v * interval '1 minute', ${new Date(deps.now())}::timestamptz - v * interval '1 minute',
        case when v % 10 = 0 then 'pendiente' else 'acreditado' end, e.busca || ' ' || lower(e.serie) || '-' || lpad(v::text, 6, '0')
      from generate_series(1, ${VEREDICTOS}) v
      join (select *, row_number() over (order by id) as i from estado_dispositivos) e on e.i = 1 + (v * 7919) % ${equipos}`,
  )

/** Eight days of minutes. */
const sembrarPulso = (deps: Deps) =>
  deps.db.plataforma(
    (sql) => sql`
      insert into pulso (minuto_at, hechos, retrasos)
      select m, 100, '[3, 9, 20, 30, 20, 9, 5, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1]'::jsonb
      from generate_series(date_trunc('minute', ${new Date(deps.now() - 7 * DIA)}::timestamptz), ${new Date(deps.now() - MINUTO)}::timestamptz, '1 minute') m
      on conflict do nothing`,
  )
