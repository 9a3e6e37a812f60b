import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

/** Reads every .xmi of a folder with the UIMA framework and prints each label: hex of its UTF-8. */
public class ReadXmi {
  public static void main(String[] arguments) throws Exception {
    File folder = new File(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    TypeSystemDescription types = UIMAFramework.getXMLParser()
        .parseTypeSystemDescription(new XMLInputSource(new File(folder, "typesystem.xml")));
    for (File file : folder.listFiles()) {
      if (!file.getName().endsWith(".xmi")) {
        continue;
      }
      CAS cas = CasCreationUtils.createCas(types, null, null);
      try (InputStream stream = new FileInputStream(file)) {
        XmiCasDeserializer.deserialize(stream, cas);
      }
      String name = file.getName().substring(0, file.getName().length() - 4);
      out.println(String.join("\t", "text", name, hex(cas.getDocumentText())));
      Type label = cas.getTypeSystem().getType("webanno.custom.Label");
      Feature theme = label.getFeatureByBaseName("theme");
      Feature stance = label.getFeatureByBaseName("stance");
      for (AnnotationFS each : cas.getAnnotationIndex(label)) {
        out.println(String.join("\t", "label", name, String.valueOf(each.getBegin()),
            String.valueOf(each.getEnd()), hex(each.getCoveredText()),
            each.getStringValue(theme), String.valueOf(each.getStringValue(stance))));
      }
    }
  }

  private static String hex(String text) throws Exception {
    StringBuilder made = new StringBuilder();
    for (byte each : text.getBytes("UTF-8")) {
      made.append(String.format("%02x", each));
    }
    return made.toString();
  }
}
