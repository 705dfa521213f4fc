import java.util.jar.JarFile

// Looks at one generated project after its build: which files there are, what is in them, and what the build said.

File projectDir = context.projectDir
def properties = new Properties()
new File(basedir, 'archetype.properties').withInputStream { properties.load(it) }
def provider = properties.getProperty('providerName', 'acme')
def prefix = properties.getProperty('className', 'Acme')
def packageName = properties.getProperty('package')
def main = 'src/main/java/' + packageName.replace('.', '/')
def test = 'src/test/java/' + packageName.replace('.', '/')

def generated = []
projectDir.eachFileRecurse(groovy.io.FileType.FILES) { file ->
    def path = projectDir.toPath().relativize(file.toPath()).toString().replace(File.separator, '/')
    if (!path.startsWith('target/') && path != 'build.log') {
        generated << path
    }
}
assert generated as Set == [
    '.gitignore',
    'README.md',
    'pom.xml',
    "$main/${prefix}Client.java",
    "$main/${prefix}Config.java",
    "$main/${prefix}Credential.java",
    "$main/${prefix}Environ.java",
    "$main/InMemory${prefix}Client.java",
    "$main/package-info.java",
    "$test/${prefix}ProviderTest.java",
]*.toString() as Set

// No marker of a template is left; the project's own file may use the properties it declares.
generated.each { path ->
    def text = new File(projectDir, path).getText('UTF-8')
    assert !text.contains('__') && !text.contains('#set') && !text.contains('#[[') : path
    def references = (text =~ /\$\{?[A-Za-z.!]+}?/).collect { it }
    assert references.every { path == 'pom.xml' && it == '${foothold.version}' } : "$path: $references"
}
assert !new File(projectDir, 'pom.xml').text.contains('@')
assert new File(projectDir, "$main/${prefix}Environ.java").text.contains("@ZonedProvider(\"$provider\")")
assert new File(projectDir, "$main/${prefix}Credential.java").text
        .contains('"' + provider.toUpperCase(Locale.ROOT).replace('-', '_') + '_TOKEN"')
assert new File(projectDir, 'README.md').readLines().count { it ==~ /[-=]{5,}/ } == 3

def report = new groovy.xml.XmlSlurper().parse(
        new File(projectDir, "target/surefire-reports/TEST-$packageName.${prefix}ProviderTest.xml"))
assert report.@tests.toInteger() == 7 && report.@skipped.toInteger() == 0

def jar = "target/${properties.artifactId}-${properties.version}.jar"
new JarFile(new File(projectDir, jar)).withCloseable {
    def index = it.getEntry('META-INF/services/dev.foothold.provider.ProviderFactory')
    assert it.getInputStream(index).text.trim() == "$packageName.${prefix}EnvironProviderFactory"
}

def complaints = new File(projectDir, 'build.log').readLines().findAll {
    it =~ /^\[(\u001B\[[;\d]*m)*(WARN|WARNING|ERROR)(\u001B\[[;\d]*m)*]/ || it.contains('SLF4J')
}
assert complaints.isEmpty()

// The build of the archetype looks for this file: without it, a script that was never run would go unnoticed.
assert new File(projectDir, 'target/verified').createNewFile()

return true
