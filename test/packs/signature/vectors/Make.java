import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bouncycastle.asn1.*;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ua.DSTU4145NamedCurves;
import org.bouncycastle.asn1.ua.DSTU4145Params;
import org.bouncycastle.asn1.ua.DSTU4145PointEncoder;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.DSTU7564Digest;
import org.bouncycastle.crypto.digests.GOST3411Digest;
import org.bouncycastle.crypto.generators.DSTU4145KeyPairGenerator;
import org.bouncycastle.crypto.params.*;
import org.bouncycastle.crypto.signers.DSTU4145Signer;
import org.bouncycastle.util.encoders.Hex;

/**
 * Makes digests.jsonl, equations.jsonl and containers.jsonl with Bouncy Castle (Debian: libbcprov-java,
 * libbcutil-java), the same each time:
 *
 *   CLASSPATH=/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar java Make.java .
 */
public class Make {
  static final String UA = "1.2.804.2.1.1.1.1.";
  static final String SIGN = UA + "3.1.1";
  static final String SIGN_BE = UA + "3.1.1.1.1";
  static final String SIGN_KUPYNA = UA + "3.6.1.1";
  static final String GOST = UA + "2.1";
  static final String KUPYNA = UA + "2.2.1";
  static final int PB_257 = 6;

  /** Repeatable: SHA-256 of a seed and a count. */
  static class Repeatable extends SecureRandom {
    private long count = 0;

    @Override
    public void nextBytes(byte[] bytes) {
      try {
        for (int at = 0; at < bytes.length; at += 32) {
          byte[] next = MessageDigest.getInstance("SHA-256").digest(("dstu " + count++).getBytes());
          System.arraycopy(next, 0, bytes, at, Math.min(32, bytes.length - at));
        }
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final SecureRandom RANDOM = new Repeatable();

  static byte[] digest(Digest digest, byte[] bytes) {
    digest.update(bytes, 0, bytes.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }

  static byte[] gost(byte[] bytes, byte[] dke) {
    byte[] table = new byte[128];
    for (int i = 0; i < 64; i++) {
      table[2 * i] = (byte) ((dke[i] >> 4) & 0xf);
      table[2 * i + 1] = (byte) (dke[i] & 0xf);
    }
    return digest(new GOST3411Digest(table), bytes);
  }

  static byte[] hash(boolean kupyna, byte[] bytes, byte[] dke) {
    return kupyna ? digest(new DSTU7564Digest(256), bytes) : gost(bytes, dke);
  }

  static byte[] reverse(byte[] bytes) {
    byte[] turned = bytes.clone();
    for (int i = 0; i < bytes.length; i++) turned[i] = bytes[bytes.length - 1 - i];
    return turned;
  }

  static byte[] littleEndian(BigInteger number, int length) {
    byte[] all = new byte[length];
    byte[] own = reverse(number.toByteArray());
    System.arraycopy(own, 0, all, 0, Math.min(length, own.length));
    return all;
  }

  /** The i-th byte of a content is 7 i + its length. */
  static byte[] content(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) bytes[i] = (byte) (7 * i + length);
    return bytes;
  }

  /** How a key is written down. */
  static class Form {
    int curve = PB_257;
    boolean bigEndian, explicit, noDke;
    byte[] dke = DSTU4145Params.getDefaultDKE();
  }

  static class Signer {
    final AsymmetricCipherKeyPair pair;
    final ECDomainParameters curve;
    final Form form;
    final String name;
    Certificate certificate;

    Signer(String name, Form form) throws Exception {
      this.name = name;
      this.form = form;
      curve = DSTU4145NamedCurves.getByOID(new ASN1ObjectIdentifier(UA + "3.1.1.2." + form.curve));
      DSTU4145KeyPairGenerator generator = new DSTU4145KeyPairGenerator();
      generator.init(new ECKeyGenerationParameters(curve, RANDOM));
      pair = generator.generateKeyPair();
      certify();
    }

    byte[] point() {
      ECPublicKeyParameters key = (ECPublicKeyParameters) pair.getPublic();
      return DSTU4145PointEncoder.encodePoint(key.getQ());
    }

    /** r and s, little-endian. */
    byte[] sign(byte[] hash) {
      DSTU4145Signer signer = new DSTU4145Signer();
      signer.init(true, new ParametersWithRandom(pair.getPrivate(), RANDOM));
      BigInteger[] rs = signer.generateSignature(hash);
      signer.init(false, pair.getPublic());
      if (!signer.verifySignature(hash, rs[0], rs[1])) throw new IllegalStateException();
      int half = (curve.getN().bitLength() + 7) / 8;
      byte[] signature = Arrays.copyOf(littleEndian(rs[0], half), 2 * half);
      System.arraycopy(littleEndian(rs[1], half), 0, signature, half, half);
      return signature;
    }

    ASN1Encodable ecBinary() {
      byte[] b = curve.getCurve().getB().getEncoded();
      byte[] base = DSTU4145PointEncoder.encodePoint(curve.getG());
      ASN1Encodable field = new DERSequence(new ASN1Encodable[] {new ASN1Integer(257), new ASN1Integer(12)});
      return new DERSequence(new ASN1Encodable[] {
        field, new ASN1Integer(0),
        new DEROctetString(form.bigEndian ? b : reverse(b)), new ASN1Integer(curve.getN()),
        new DEROctetString(form.bigEndian ? base : reverse(base))});
    }

    SubjectPublicKeyInfo key() throws Exception {
      ASN1EncodableVector parameters = new ASN1EncodableVector();
      parameters.add(form.explicit ? ecBinary() : new ASN1ObjectIdentifier(UA + "3.1.1.2." + form.curve));
      if (!form.noDke) parameters.add(new DEROctetString(form.dke));
      String algorithm = form.bigEndian ? SIGN_BE : SIGN;
      byte[] point = form.bigEndian ? point() : reverse(point());
      return new SubjectPublicKeyInfo(
          new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm), new DERSequence(parameters)),
          new DEROctetString(point));
    }

    /** By itself. */
    void certify() throws Exception {
      V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
      AlgorithmIdentifier algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier(SIGN));
      X500Name subject = new X500Name("CN=" + name + ",SERIALNUMBER=TINUA-1234567890");
      tbs.setSerialNumber(new ASN1Integer(new BigInteger(64, RANDOM)));
      tbs.setSignature(algorithm);
      tbs.setIssuer(subject);
      tbs.setSubject(subject);
      tbs.setStartDate(new Time(new DERUTCTime("260101000000Z")));
      tbs.setEndDate(new Time(new DERUTCTime("360101000000Z")));
      tbs.setSubjectPublicKeyInfo(key());
      byte[] id = gost(new DEROctetString(reverse(point())).getEncoded(), form.dke);
      tbs.setExtensions(new Extensions(new Extension(
          Extension.subjectKeyIdentifier, false, new DEROctetString(new DEROctetString(id)))));
      TBSCertificate made = tbs.generateTBSCertificate();
      byte[] signature = sign(gost(made.getEncoded("DER"), form.dke));
      certificate = Certificate.getInstance(new DERSequence(new ASN1Encodable[] {
        made, algorithm, new DERBitString(new DEROctetString(signature).getEncoded())}));
    }
  }

  /** How a signature is made. */
  static class Way {
    boolean kupyna, plain, wrapped, byKeyId, turned, bigEndian;
  }

  static Attribute attribute(String type, ASN1Encodable value) {
    return new Attribute(new ASN1ObjectIdentifier(type), new DERSet(value));
  }

  static SignerInfo signerInfo(Signer signer, Way way, byte[] content) throws Exception {
    byte[] dke = signer.form.dke;
    ASN1Set attributes = null;
    byte[] covered = content;
    if (!way.plain) {
      ASN1Encodable[] all = {
        attribute("1.2.840.113549.1.9.3", CMSObjectIdentifiers.data),
        attribute("1.2.840.113549.1.9.5", new DERUTCTime("260202101112Z")),
        attribute("1.2.840.113549.1.9.4", new DEROctetString(hash(way.kupyna, content, dke)))};
      covered = new DERSet(all).getEncoded("DER");
      // Some signers write the attributes as they come to mind, and sign them in order.
      attributes = way.turned ? new DLSet(new ASN1Encodable[] {all[2], all[1], all[0]}) : new DERSet(all);
    }
    byte[] signature = signer.sign(hash(way.kupyna, covered, dke));
    if (way.bigEndian) signature = reverse(signature);
    if (way.wrapped) signature = new DEROctetString(signature).getEncoded();
    Certificate certificate = signer.certificate;
    Extension id = certificate.getTBSCertificate().getExtensions().getExtension(Extension.subjectKeyIdentifier);
    SignerIdentifier sid = way.byKeyId
        ? new SignerIdentifier(ASN1OctetString.getInstance(id.getParsedValue()))
        : new SignerIdentifier(new IssuerAndSerialNumber(
            certificate.getIssuer(), certificate.getSerialNumber().getValue()));
    String algorithm = way.kupyna ? SIGN_KUPYNA : way.bigEndian ? SIGN_BE : SIGN;
    return new SignerInfo(
        sid,
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(way.kupyna ? KUPYNA : GOST)),
        attributes,
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm)),
        new DEROctetString(signature),
        (ASN1Set) null);
  }

  static byte[] container(byte[] content, List<Signer> signers, List<Way> ways, boolean detached) throws Exception {
    ASN1EncodableVector infos = new ASN1EncodableVector();
    ASN1EncodableVector certificates = new ASN1EncodableVector();
    ASN1EncodableVector digests = new ASN1EncodableVector();
    for (int i = 0; i < signers.size(); i++) {
      infos.add(signerInfo(signers.get(i), ways.get(i), content));
      certificates.add(signers.get(i).certificate);
      digests.add(new AlgorithmIdentifier(new ASN1ObjectIdentifier(ways.get(i).kupyna ? KUPYNA : GOST)));
    }
    SignedData data = new SignedData(
        new DLSet(digests),
        new ContentInfo(CMSObjectIdentifiers.data, detached ? null : new DEROctetString(content)),
        new DLSet(certificates), null, new DLSet(infos));
    return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded("DL");
  }

  static final List<String> CONTAINERS = new ArrayList<>();
  static int names = 0;

  static Way way(boolean kupyna, boolean plain) {
    Way way = new Way();
    way.kupyna = kupyna;
    way.plain = plain;
    return way;
  }

  static void add(String about, byte[] content, List<Signer> signers, List<Way> ways) throws Exception {
    add(about, content, signers, ways, false);
  }

  static void add(String about, byte[] content, List<Signer> signers, List<Way> ways, boolean detached)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(container(content, signers, ways, detached));
    }
    StringBuilder how = new StringBuilder();
    for (Way way : ways) how.append(how.length() > 0 ? "," : "").append(way.kupyna ? "\"kupyna\"" : "\"gost\"");
    CONTAINERS.add(String.format(
        "{\"about\": \"%s\", \"length\": %d, \"digests\": [%s], \"gzip\": \"%s\"}",
        about, content.length, how, Base64.getEncoder().encodeToString(bytes.toByteArray())));
  }

  static Signer signer(Form form) throws Exception {
    return new Signer("Signer " + ++names, form);
  }

  static void containers() throws Exception {
    int[] lengths = {0, 1, 31, 32, 33, 51, 52, 63, 64, 65, 127, 1000, 200_000};
    for (int length : lengths) {
      for (boolean kupyna : new boolean[] {false, true}) {
        for (boolean plain : new boolean[] {false, true}) {
          add(plain ? "without attributes" : "with attributes", content(length),
              List.of(signer(new Form())), List.of(way(kupyna, plain)));
        }
      }
    }
    byte[] json = "{\"title\":\"8910-33K4-EB46-KA3A\",\"text\":\"Висновок\"}".getBytes(StandardCharsets.UTF_8);
    for (boolean kupyna : new boolean[] {false, true}) {
      Form bigEndian = new Form(), explicit = new Form(), explicitBig = new Form(), noDke = new Form();
      bigEndian.bigEndian = true;
      explicit.explicit = true;
      explicitBig.explicit = explicitBig.bigEndian = true;
      noDke.noDke = true;
      Way wrapped = way(kupyna, false), byKeyId = way(kupyna, false), turned = way(kupyna, false);
      wrapped.wrapped = true;
      byKeyId.byKeyId = true;
      turned.turned = true;
      Way usual = way(kupyna, false);
      add("the key big-endian", json, List.of(signer(bigEndian)), List.of(usual));
      add("the curve spelled out", json, List.of(signer(explicit)), List.of(usual));
      add("the curve spelled out, big-endian", json, List.of(signer(explicitBig)), List.of(usual));
      add("no substitution table", json, List.of(signer(noDke)), List.of(usual));
      add("the signature wrapped once more", json, List.of(signer(new Form())), List.of(wrapped));
      add("named by key identifier", json, List.of(signer(new Form())), List.of(byKeyId));
      add("attributes not in order", json, List.of(signer(new Form())), List.of(turned));
      add("JSON", json, List.of(signer(new Form())), List.of(usual));
      add("detached", json, List.of(signer(new Form())), List.of(usual), true);
    }
    Way bigEndian = way(false, false);
    bigEndian.bigEndian = true;
    add("the signature big-endian", json, List.of(signer(new Form())), List.of(bigEndian));
    List<Signer> three = List.of(signer(new Form()), signer(new Form()), signer(new Form()));
    add("three signers", json, three, List.of(way(false, false), way(true, true), way(false, true)));
    Form otherTable = new Form(), otherCurve = new Form();
    byte[] first = Arrays.copyOf(otherTable.dke, 8);
    otherTable.dke = otherTable.dke.clone();
    System.arraycopy(otherTable.dke, 8, otherTable.dke, 0, 8);
    System.arraycopy(first, 0, otherTable.dke, 8, 8);
    otherCurve.curve = 9;
    Signer table = signer(otherTable);
    add("another substitution table", json, List.of(table), List.of(way(false, false)));
    add("another substitution table", json, List.of(table), List.of(way(true, false)));
    add("another curve", json, List.of(signer(otherCurve)), List.of(way(false, false)));
  }

  static List<String> digests() {
    List<String> lines = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i <= 192; i++) lengths.add(i);
    lengths.addAll(List.of(255, 256, 257, 1000, 4096, 65_535, 200_000));
    for (int length : lengths) {
      byte[] bytes = content(length);
      lines.add(String.format("{\"length\": %d, \"gost\": \"%s\", \"kupyna\": \"%s\"}", length,
          Hex.toHexString(hash(false, bytes, DSTU4145Params.getDefaultDKE())),
          Hex.toHexString(hash(true, bytes, null))));
    }
    return lines;
  }

  static List<String> equations() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Signer signer = new Signer("", new Form());
      // Of 0 the standard makes 1; of more than 257 bits it takes the lowest.
      byte[] hash = new byte[i == 1 ? 64 : 32];
      if (i > 0) RANDOM.nextBytes(hash);
      lines.add(String.format("{\"key\": \"%s\", \"hash\": \"%s\", \"signature\": \"%s\"}",
          Hex.toHexString(reverse(signer.point())), Hex.toHexString(hash), Hex.toHexString(signer.sign(hash))));
    }
    return lines;
  }

  static void write(Path file, List<String> lines) throws Exception {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : ".");
    write(folder.resolve("digests.jsonl"), digests());
    write(folder.resolve("equations.jsonl"), equations());
    containers();
    write(folder.resolve("containers.jsonl"), CONTAINERS);
  }
}
