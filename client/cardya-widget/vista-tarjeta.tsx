/** @jsxImportSource preact */
/** The card (CARD-23, PWA-08): what is shown at the till, and what is typed when nothing reads. */
import { type ComponentChildren, h, type VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { caraDeTarjeta, type Hacer } from '../domain/tarjeta/plantilla.ts'
import '../domain/tarjeta/tarjeta.css'
import { Version } from './avisos.tsx'
import { CanjesVivos } from './canjes-vivos.tsx'
import { dia } from './cuando.ts'
import { venceAt } from './emisor.ts'
import type { Foto } from './foto.ts'
import { type EstadoDeQr, type Portador, useClave, usePantallaDespierta, useQr, vidaDe } from './ganchos.ts'
import { Icono, type NombreDeIcono } from './iconos.tsx'
import { esExtraible } from './llave.ts'
import { porVencer } from './mis-cupones.ts'
import { RenglonDeNegocio } from './negocio.tsx'
import type { Situacion } from './situacion.ts'
import { t } from './textos.ts'
import type { TicketGuardado } from './tickets.ts'

/** Something to know, put away with one tap. */
export interface Consejo {
  id: string
  texto: string
  icono: NombreDeIcono
}
interface Propiedades {
  portador: Portador
  foto: Foto | null
  situacion: Situacion
  tickets: TicketGuardado[]
  consejo: Consejo | null
  /** A new nivel, while it is celebrated (CARD-21). */
  fiesta: ComponentChildren
  alEntender: (consejo: string) => void
  /** The first QR of this run is on the screen. */
  alMostrar: () => void
}

export function VistaTarjeta({ portador, foto, situacion, tickets, consejo, fiesta, alEntender, alMostrar }: Propiedades) {
  const qr = useQr(portador)
  const clave = useClave(portador)
  usePantallaDespierta()
  const resuelto = qr.fase !== 'preparando'
  useEffect(() => {
    if (resuelto) alMostrar()
  }, [resuelto, alMostrar])
  const { tarjeta } = portador
  const [primero] = foto?.negocios ?? []
  const { ahora } = portador.reloj
  const pronto = foto?.cupones?.filter((c) => porVencer(c, ahora())).sort((a, b) => a.venceAt - b.venceAt)[0]
  return (
    <>
      {caraDeTarjeta<VNode>(h as unknown as Hacer<VNode>, {
        nombre: tarjeta.nombre,
        nivel: foto?.perfil?.nivel ?? tarjeta.nivel,
        puntosLifetime: foto?.perfil?.puntosLifetime ?? 0,
        codigo: qr.fase === 'listo' ? qr.qr.codigo : null,
        enLugarDelCodigo: <SinCodigo qr={qr} portador={portador} />,
        quedanMs: qr.fase === 'listo' ? qr.quedanMs : 0,
        vigenciaMs: vidaDe(tarjeta),
        reglas: tarjeta.reglas,
      })}
      {qr.fase !== 'vencida' && (
        <p class="typed num">
          <span>
            {t.noLee} <b>{enCuartetos(tarjeta.numero)}</b>
          </span>
          {clave && (
            <span>
              {t.clave} <b>{enTernas(clave)}</b>
            </span>
          )}
        </p>
      )}
      <Version />
      {fiesta}
      {consejo && qr.fase === 'listo' && situacion.fase !== 'sin_conexion' && (
        <p class="consejo panel" role="status">
          <Icono de={consejo.icono} />
          <span class="grow">{consejo.texto}</span>
          <button type="button" class="link" onClick={() => alEntender(consejo.id)}>
            {t.entendido}
          </button>
        </p>
      )}
      <CanjesVivos canjes={foto?.canjes ?? []} hora={ahora} />
      {pronto && (
        <a class="panel peek" href={`#cupon=${pronto.cuponId}`}>
          <span class="tile">
            <Icono de="cupon" />
          </span>
          <span class="grow">
            <b class="m">{pronto.titulo}</b>
            <br />
            <span class="sm soft">{t.cuponPorVencer(pronto.negocioNombre)}</span>
          </span>
          <Icono de="siguiente" clase="dim" />
        </a>
      )}
      {primero && <RenglonDeNegocio negocio={primero} foto={foto} situacion={situacion} tickets={tickets} ahora={portador.reloj.ahora()} />}
    </>
  )
}

/** What stands on the plate while there is no code, or when there cannot be one (PWA-27). */
function SinCodigo({ qr, portador }: { qr: EstadoDeQr; portador: Portador }) {
  if (qr.fase === 'preparando' || qr.fase === 'listo') return <span class="sr">{t.preparando}</span>
  const porque = qr.fase === 'sin_espacio' ? t.sinEspacio : esExtraible(portador.llave) ? t.vencioExtraible : t.vencio
  return (
    <div class="sin-codigo" role="alert">
      <Icono de={qr.fase === 'vencida' ? 'sinRed' : 'atencion'} />
      {qr.fase === 'vencida' && <b>{t.vencioTitulo}</b>}
      <p>{porque}</p>
      {qr.fase === 'vencida' && (
        <p class="num sin-codigo__fecha">{t.vencioEl(dia(venceAt(portador.tarjeta, portador.llave), portador.reloj.ahora()))}</p>
      )}
    </div>
  )
}

const enCuartetos = (numero: string): string => `${numero.slice(0, 4)} ${numero.slice(4)}`
const enTernas = (clave: string): string => `${clave.slice(0, 3)} ${clave.slice(3)}`
