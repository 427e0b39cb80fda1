import { CircleCheck, CircleDot, Copy, Timer } from 'lucide-react'
import { type FormEvent, useCallback, useState } from 'react'
import { trabajaEn } from '../../../../schema/domain/empleados/empleado.ts'
import type { EnlaceEmitido } from '../../../../schema/protocol/dispositivos.ts'
import { useLectura } from '../../../domain/cuentas/use-sesion.ts'
import { hora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { CodigoQr } from '../../../ui/codigo-qr.tsx'
import { Eleccion, type Falla, FallaDeForma } from '../campo.tsx'
import type { DeSeccion } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import { type FichaDeEmpleado, ZONA } from './ficha.ts'
import { t } from './textos.ts'

const CADA_MS = 3_000

interface Hecho {
  id: string
  url: string
}

/** PWA-14, 15. The QR that installs ScanYA for one person, and the till behind it that waits to be let in. */
export function Instalar({ sesion, negocio, sucursalId, empleado }: DeSeccion & { empleado: FichaDeEmpleado }) {
  const base = `/api/negocios/${negocio.negocioId}/dispositivos/enlaces`
  const leer = useCallback(() => sesion.pedir<EnlaceEmitido[]>(base), [sesion, base])
  const { valor, releer } = useLectura(leer, CADA_MS)
  const [hecho, setHecho] = useState<Hecho | null>(null)
  const [falla, setFalla] = useState<Falla | null>(null)
  const suyos = (valor ?? []).filter((e) => e.empleadoId === empleado.id)
  const actual = hecho ? suyos.find((e) => e.id === hecho.id) : suyos.find((e) => e.estado === 'abierto' || e.estado === 'por_aprobar')
  const hacer = async <T,>(ruta: string, cuerpo?: object): Promise<T | null> => {
    const r = await sesion.pedir<T>(`${base}${ruta}`, cuerpo ? { cuerpo } : { metodo: 'POST' })
    setFalla(r.ok ? null : { campo: null, texto: textoDe(r.codigo) })
    releer()
    return r.ok ? r.valor : null
  }
  const generar = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const sucursal = String(new FormData(e.currentTarget).get('sucursalId') ?? '')
    const nombre = `ScanYA @${empleado.nick}`.slice(0, 60)
    setHecho(await hacer<Hecho>('', { tipo: 'caja', nombre, sucursalId: sucursal, empleadoId: empleado.id }))
  }
  const donde = negocio.sucursales.filter((s) => trabajaEn(empleado, s.id))
  return (
    <div className="em-parte em-instalar">
      <h3>{t.instalarTitulo}</h3>
      <p className="sm ink2">{t.instalarTexto(empleado.nombre.split(' ')[0] ?? empleado.nombre)}</p>
      {hecho && actual?.estado === 'abierto' && <Codigo url={hecho.url} titulo={t.instalarTitulo} venceAt={actual.venceAt} />}
      {actual && (
        <Estado
          enlace={actual}
          nick={empleado.nick}
          conQr={hecho !== null}
          alAprobar={(cotejo) => void hacer(`/${actual.id}/aprobar`, { cotejo })}
          alQuitar={() => void hacer(`/${actual.id}/cancelar`)}
        />
      )}
      <FallaDeForma falla={falla} campos={[]} />
      {actual?.estado !== 'por_aprobar' && actual?.estado !== 'aprobado' && (
        <form className="em-generar" onSubmit={(e) => void generar(e)}>
          {donde.length > 1 ? (
            <Eleccion rotulo={t.enSucursal} name="sucursalId" defaultValue={sucursalId ?? undefined}>
              {donde.map((s) => (
                <option key={s.id} value={s.id}>
                  {s.nombre}
                </option>
              ))}
            </Eleccion>
          ) : (
            <input type="hidden" name="sucursalId" value={donde[0]?.id ?? ''} />
          )}
          <button type="submit" className={actual ? 'btn' : 'btn p'}>
            {actual ? t.generarOtro : t.generar}
          </button>
        </form>
      )}
      <p className="sm mut">{t.necesitaRed}</p>
    </div>
  )
}

function Codigo({ url, titulo, venceAt }: { url: string; titulo: string; venceAt: number }) {
  const [copiada, setCopiada] = useState(false)
  const copiar = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopiada(true),
      () => {},
    )
  return (
    <div className="em-qr">
      <CodigoQr texto={url} titulo={titulo} />
      <output className="mono sm">{url}</output>
      <p className="row sm">
        <Timer className="i" aria-hidden="true" />
        {ts.vence(hora(venceAt, ZONA))}
      </p>
      <button type="button" className="btn s" onClick={() => void copiar()}>
        <Copy className="i" aria-hidden="true" />
        {copiada ? ts.copiada : ts.copiar}
      </button>
    </div>
  )
}

interface DeEstado {
  enlace: EnlaceEmitido
  nick: string
  conQr: boolean
  alAprobar: (cotejo: string) => void
  alQuitar: () => void
}

function Estado({ enlace, nick, conQr, alAprobar, alQuitar }: DeEstado) {
  const { estado, cotejo, modelo } = enlace
  return (
    <div className="em-estado" role="status">
      {estado === 'abierto' && (
        <>
          <p className="sm">{conQr ? t.esperando : t.hayAbierta}</p>
          <button type="button" className="btn s g" onClick={alQuitar}>
            {t.retirar}
          </button>
        </>
      )}
      {estado === 'por_aprobar' && cotejo !== null && (
        <>
          <p className="row">
            <CircleCheck className="i ok" aria-hidden="true" />
            <span>
              {t.escaneadoEn} <b>{modelo || t.unEquipo}</b>
            </span>
          </p>
          <p className="row em-cotejo">
            <CircleDot className="i" aria-hidden="true" />
            <span>
              {t.suPantallaDice} <b className="n">{cotejo}</b>?
            </span>
          </p>
          <div className="row em-dos">
            <button type="button" className="btn" onClick={alQuitar}>
              {t.noCoincide}
            </button>
            <button type="button" className="btn p" onClick={() => alAprobar(cotejo)}>
              {t.siEs(cotejo)}
            </button>
          </div>
        </>
      )}
      {estado === 'aprobado' && <p>{t.aprobado}</p>}
      {estado === 'usado' && (
        <p className="row">
          <CircleCheck className="i ok" aria-hidden="true" />
          {t.listo(nick)}
        </p>
      )}
      {estado === 'cancelado' && <p>{t.retirada}</p>}
      {estado === 'vencido' && <p>{t.vencida}</p>}
    </div>
  )
}
