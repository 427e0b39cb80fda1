import { useState } from 'react'
import { TarjetasDemo } from '../../../domain/demo/tarjetas-demo.tsx'
import { usePuede } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { perezosa } from '../../../ui/perezosa.tsx'
import { useIr } from '../ir.ts'
import { TarjetaEscritaForm } from './tarjeta-escrita.tsx'
import { t } from './textos.ts'
import { useIdentificar } from './use-identificar.ts'
import { useVenta } from './use-venta.ts'
import { minutosYSegundos } from './validez.ts'
import './escanear.css'

const Lector = perezosa(async () => (await import('../../../domain/escaneo/lector.tsx')).Lector)

/** SCAN-09, SCAN-14: the camera, what is wrong with a code that was refused, and the numbers to type when none is read. */
export function Escanear() {
  const ir = useIr()
  const puede = usePuede()
  const { validez } = useVenta()
  const { alLeer, alEscribir, problema, identificado } = useIdentificar()
  const [sinCamara, setSinCamara] = useState(false)
  const vigente = validez?.como === 'verde' && validez.restanMs > 0 ? t.validoPor(minutosYSegundos(validez.restanMs)) : t.duraDosMinutos
  return (
    <div className={`app escanear ${sinCamara ? 'escanear--sin-camara' : ''}`}>
      <main className="escanear__cuerpo">
        <Lector onCode={alLeer} pausado={identificado} alError={(motivo) => setSinCamara(motivo !== null)} alCerrar={() => ir('/inicio')}>
          {problema ? (
            <p className="escanear__problema" role="alert">
              <Icono de="atencion" />
              {problema}
            </p>
          ) : sinCamara ? null : (
            <p className="escanear__validez num" role="status">
              <Icono de="reloj" />
              {vigente}
            </p>
          )}
        </Lector>
        <section className="escanear__abajo" aria-labelledby="no-lee">
          <TarjetasDemo alLeer={alLeer} />
          <h2 id="no-lee">{t.noLee}</h2>
          <TarjetaEscritaForm alBuscar={alEscribir}>
            {puede('registrarVentas') && (
              <button type="button" className="btn btn--quiet" onClick={() => ir('/cobrar')}>
                {t.sinCliente}
              </button>
            )}
          </TarjetaEscritaForm>
        </section>
      </main>
    </div>
  )
}
