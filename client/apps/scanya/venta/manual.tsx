import { TarjetasDemo } from '../../../domain/demo/tarjetas-demo.tsx'
import { usePuede } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { TarjetaEscritaForm } from './tarjeta-escrita.tsx'
import { t } from './textos.ts'
import { useIdentificar } from './use-identificar.ts'
import './manual.css'

/** SCAN-10: without a camera. */
export function Manual() {
  const ir = useIr()
  const puede = usePuede()
  const { alLeer, alEscribir, problema } = useIdentificar()
  return (
    <Marco titulo={t.codigoManual} atras="/inicio" clase="manual">
      <p className="soft">{t.explicaManual}</p>
      <TarjetaEscritaForm alBuscar={alEscribir} principal />
      {problema && (
        <p className="mal" role="alert">
          <Icono de="atencion" />
          {problema}
        </p>
      )}
      <TarjetasDemo alLeer={alLeer} />
      <div className="dock">
        <div className="actions">
          <button type="button" className="btn btn--quiet" onClick={() => ir('/escanear')}>
            <Icono de="qr" />
            {t.escanear}
          </button>
          {puede('registrarVentas') && (
            <button type="button" className="btn btn--quiet" onClick={() => ir('/cobrar')}>
              {t.sinCliente}
            </button>
          )}
        </div>
      </div>
    </Marco>
  )
}
