extension SOPClass {
    /// One storage SOP class a line: UID, kind, name (DICOM PS3.6, annex A; PS3.4, annex B).
    ///
    /// Kind: `I` image, `M` multi-frame image, `W` waveform, `D` image or not (RT Dose), `C` any other composite;
    /// `R` after it: retired.
    static let table: StaticString = """
        1.2.840.10008.5.1.4.1.1.1 I- Computed Radiography Image Storage
        1.2.840.10008.5.1.4.1.1.1.1 I- Digital X-Ray Image Storage - For Presentation
        1.2.840.10008.5.1.4.1.1.1.1.1 I- Digital X-Ray Image Storage - For Processing
        1.2.840.10008.5.1.4.1.1.1.2 I- Digital Mammography X-Ray Image Storage - For Presentation
        1.2.840.10008.5.1.4.1.1.1.2.1 I- Digital Mammography X-Ray Image Storage - For Processing
        1.2.840.10008.5.1.4.1.1.1.3 I- Digital Intra-Oral X-Ray Image Storage - For Presentation
        1.2.840.10008.5.1.4.1.1.1.3.1 I- Digital Intra-Oral X-Ray Image Storage - For Processing
        1.2.840.10008.5.1.4.1.1.2 I- CT Image Storage
        1.2.840.10008.5.1.4.1.1.2.1 M- Enhanced CT Image Storage
        1.2.840.10008.5.1.4.1.1.2.2 M- Legacy Converted Enhanced CT Image Storage
        1.2.840.10008.5.1.4.1.1.3 MR Ultrasound Multi-frame Image Storage
        1.2.840.10008.5.1.4.1.1.3.1 M- Ultrasound Multi-frame Image Storage
        1.2.840.10008.5.1.4.1.1.4 I- MR Image Storage
        1.2.840.10008.5.1.4.1.1.4.1 M- Enhanced MR Image Storage
        1.2.840.10008.5.1.4.1.1.4.2 C- MR Spectroscopy Storage
        1.2.840.10008.5.1.4.1.1.4.3 M- Enhanced MR Color Image Storage
        1.2.840.10008.5.1.4.1.1.4.4 M- Legacy Converted Enhanced MR Image Storage
        1.2.840.10008.5.1.4.1.1.5 MR Nuclear Medicine Image Storage
        1.2.840.10008.5.1.4.1.1.6 IR Ultrasound Image Storage
        1.2.840.10008.5.1.4.1.1.6.1 I- Ultrasound Image Storage
        1.2.840.10008.5.1.4.1.1.6.2 M- Enhanced US Volume Storage
        1.2.840.10008.5.1.4.1.1.6.3 I- Photoacoustic Image Storage
        1.2.840.10008.5.1.4.1.1.7 I- Secondary Capture Image Storage
        1.2.840.10008.5.1.4.1.1.7.1 M- Multi-frame Single Bit Secondary Capture Image Storage
        1.2.840.10008.5.1.4.1.1.7.2 M- Multi-frame Grayscale Byte Secondary Capture Image Storage
        1.2.840.10008.5.1.4.1.1.7.3 M- Multi-frame Grayscale Word Secondary Capture Image Storage
        1.2.840.10008.5.1.4.1.1.7.4 M- Multi-frame True Color Secondary Capture Image Storage
        1.2.840.10008.5.1.4.1.1.8 CR Standalone Overlay Storage
        1.2.840.10008.5.1.4.1.1.9 CR Standalone Curve Storage
        1.2.840.10008.5.1.4.1.1.9.1.1 W- 12-lead ECG Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.1.2 W- General ECG Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.1.3 W- Ambulatory ECG Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.1.4 W- General 32-bit ECG Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.2.1 W- Hemodynamic Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.3.1 W- Cardiac Electrophysiology Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.4.1 W- Basic Voice Audio Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.4.2 W- General Audio Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.5.1 W- Arterial Pulse Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.6.1 W- Respiratory Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.6.2 W- Multi-channel Respiratory Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.7.1 W- Routine Scalp Electroencephalogram Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.7.2 W- Electromyogram Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.7.3 W- Electrooculogram Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.7.4 W- Sleep Electroencephalogram Waveform Storage
        1.2.840.10008.5.1.4.1.1.9.8.1 W- Body Position Waveform Storage
        1.2.840.10008.5.1.4.1.1.10 CR Standalone Modality LUT Storage
        1.2.840.10008.5.1.4.1.1.11 CR Standalone VOI LUT Storage
        1.2.840.10008.5.1.4.1.1.11.1 C- Grayscale Softcopy Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.2 C- Color Softcopy Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.3 C- Pseudo-Color Softcopy Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.4 C- Blending Softcopy Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.5 C- XA/XRF Grayscale Softcopy Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.6 C- Grayscale Planar MPR Volumetric Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.7 C- Compositing Planar MPR Volumetric Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.8 C- Advanced Blending Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.9 C- Volume Rendering Volumetric Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.10 C- Segmented Volume Rendering Volumetric Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.11 C- Multiple Volume Rendering Volumetric Presentation State Storage
        1.2.840.10008.5.1.4.1.1.11.12 C- Variable Modality LUT Softcopy Presentation State Storage
        1.2.840.10008.5.1.4.1.1.12.1 I- X-Ray Angiographic Image Storage
        1.2.840.10008.5.1.4.1.1.12.1.1 M- Enhanced XA Image Storage
        1.2.840.10008.5.1.4.1.1.12.2 I- X-Ray Radiofluoroscopic Image Storage
        1.2.840.10008.5.1.4.1.1.12.2.1 M- Enhanced XRF Image Storage
        1.2.840.10008.5.1.4.1.1.12.3 IR X-Ray Angiographic Bi-Plane Image Storage
        1.2.840.10008.5.1.4.1.1.13.1.1 M- X-Ray 3D Angiographic Image Storage
        1.2.840.10008.5.1.4.1.1.13.1.2 M- X-Ray 3D Craniofacial Image Storage
        1.2.840.10008.5.1.4.1.1.13.1.3 M- Breast Tomosynthesis Image Storage
        1.2.840.10008.5.1.4.1.1.13.1.4 M- Breast Projection X-Ray Image Storage - For Presentation
        1.2.840.10008.5.1.4.1.1.13.1.5 M- Breast Projection X-Ray Image Storage - For Processing
        1.2.840.10008.5.1.4.1.1.14.1 M- Intravascular Optical Coherence Tomography Image Storage - For Presentation
        1.2.840.10008.5.1.4.1.1.14.2 M- Intravascular Optical Coherence Tomography Image Storage - For Processing
        1.2.840.10008.5.1.4.1.1.20 M- Nuclear Medicine Image Storage
        1.2.840.10008.5.1.4.1.1.30 M- Parametric Map Storage
        1.2.840.10008.5.1.4.1.1.66 C- Raw Data Storage
        1.2.840.10008.5.1.4.1.1.66.1 C- Spatial Registration Storage
        1.2.840.10008.5.1.4.1.1.66.2 C- Spatial Fiducials Storage
        1.2.840.10008.5.1.4.1.1.66.3 C- Deformable Spatial Registration Storage
        1.2.840.10008.5.1.4.1.1.66.4 M- Segmentation Storage
        1.2.840.10008.5.1.4.1.1.66.5 C- Surface Segmentation Storage
        1.2.840.10008.5.1.4.1.1.66.6 C- Tractography Results Storage
        1.2.840.10008.5.1.4.1.1.67 C- Real World Value Mapping Storage
        1.2.840.10008.5.1.4.1.1.68.1 C- Surface Scan Mesh Storage
        1.2.840.10008.5.1.4.1.1.68.2 C- Surface Scan Point Cloud Storage
        1.2.840.10008.5.1.4.1.1.77.1.1 I- VL Endoscopic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.1.1 M- Video Endoscopic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.2 I- VL Microscopic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.2.1 M- Video Microscopic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.3 I- VL Slide-Coordinates Microscopic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.4 I- VL Photographic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.4.1 M- Video Photographic Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.1 I- Ophthalmic Photography 8 Bit Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.2 I- Ophthalmic Photography 16 Bit Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.3 C- Stereometric Relationship Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.4 M- Ophthalmic Tomography Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.5 I- Wide Field Ophthalmic Photography Stereographic Projection Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.6 M- Wide Field Ophthalmic Photography 3D Coordinates Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.7 M- Ophthalmic Optical Coherence Tomography En Face Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.5.8 M- Ophthalmic Optical Coherence Tomography B-scan Volume Analysis Storage
        1.2.840.10008.5.1.4.1.1.77.1.6 M- VL Whole Slide Microscopy Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.7 I- Dermoscopic Photography Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.8 I- Confocal Microscopy Image Storage
        1.2.840.10008.5.1.4.1.1.77.1.9 M- Confocal Microscopy Tiled Pyramidal Image Storage
        1.2.840.10008.5.1.4.1.1.78.1 C- Lensometry Measurements Storage
        1.2.840.10008.5.1.4.1.1.78.2 C- Autorefraction Measurements Storage
        1.2.840.10008.5.1.4.1.1.78.3 C- Keratometry Measurements Storage
        1.2.840.10008.5.1.4.1.1.78.4 C- Subjective Refraction Measurements Storage
        1.2.840.10008.5.1.4.1.1.78.5 C- Visual Acuity Measurements Storage
        1.2.840.10008.5.1.4.1.1.78.6 C- Spectacle Prescription Report Storage
        1.2.840.10008.5.1.4.1.1.78.7 C- Ophthalmic Axial Measurements Storage
        1.2.840.10008.5.1.4.1.1.78.8 C- Intraocular Lens Calculations Storage
        1.2.840.10008.5.1.4.1.1.79.1 C- Macular Grid Thickness and Volume Report Storage
        1.2.840.10008.5.1.4.1.1.80.1 C- Ophthalmic Visual Field Static Perimetry Measurements Storage
        1.2.840.10008.5.1.4.1.1.81.1 I- Ophthalmic Thickness Map Storage
        1.2.840.10008.5.1.4.1.1.82.1 I- Corneal Topography Map Storage
        1.2.840.10008.5.1.4.1.1.88.11 C- Basic Text SR Storage
        1.2.840.10008.5.1.4.1.1.88.22 C- Enhanced SR Storage
        1.2.840.10008.5.1.4.1.1.88.33 C- Comprehensive SR Storage
        1.2.840.10008.5.1.4.1.1.88.34 C- Comprehensive 3D SR Storage
        1.2.840.10008.5.1.4.1.1.88.35 C- Extensible SR Storage
        1.2.840.10008.5.1.4.1.1.88.40 C- Procedure Log Storage
        1.2.840.10008.5.1.4.1.1.88.50 C- Mammography CAD SR Storage
        1.2.840.10008.5.1.4.1.1.88.59 C- Key Object Selection Document Storage
        1.2.840.10008.5.1.4.1.1.88.65 C- Chest CAD SR Storage
        1.2.840.10008.5.1.4.1.1.88.67 C- X-Ray Radiation Dose SR Storage
        1.2.840.10008.5.1.4.1.1.88.68 C- Radiopharmaceutical Radiation Dose SR Storage
        1.2.840.10008.5.1.4.1.1.88.69 C- Colon CAD SR Storage
        1.2.840.10008.5.1.4.1.1.88.70 C- Implantation Plan SR Storage
        1.2.840.10008.5.1.4.1.1.88.71 C- Acquisition Context SR Storage
        1.2.840.10008.5.1.4.1.1.88.72 C- Simplified Adult Echo SR Storage
        1.2.840.10008.5.1.4.1.1.88.73 C- Patient Radiation Dose SR Storage
        1.2.840.10008.5.1.4.1.1.88.74 C- Planned Imaging Agent Administration SR Storage
        1.2.840.10008.5.1.4.1.1.88.75 C- Performed Imaging Agent Administration SR Storage
        1.2.840.10008.5.1.4.1.1.88.76 C- Enhanced X-Ray Radiation Dose SR Storage
        1.2.840.10008.5.1.4.1.1.88.77 C- Waveform Annotation SR Storage
        1.2.840.10008.5.1.4.1.1.90.1 C- Content Assessment Results Storage
        1.2.840.10008.5.1.4.1.1.91.1 C- Microscopy Bulk Simple Annotations Storage
        1.2.840.10008.5.1.4.1.1.104.1 C- Encapsulated PDF Storage
        1.2.840.10008.5.1.4.1.1.104.2 C- Encapsulated CDA Storage
        1.2.840.10008.5.1.4.1.1.104.3 C- Encapsulated STL Storage
        1.2.840.10008.5.1.4.1.1.104.4 C- Encapsulated OBJ Storage
        1.2.840.10008.5.1.4.1.1.104.5 C- Encapsulated MTL Storage
        1.2.840.10008.5.1.4.1.1.128 I- Positron Emission Tomography Image Storage
        1.2.840.10008.5.1.4.1.1.128.1 M- Legacy Converted Enhanced PET Image Storage
        1.2.840.10008.5.1.4.1.1.129 CR Standalone PET Curve Storage
        1.2.840.10008.5.1.4.1.1.130 M- Enhanced PET Image Storage
        1.2.840.10008.5.1.4.1.1.131 C- Basic Structured Display Storage
        1.2.840.10008.5.1.4.1.1.200.1 C- CT Defined Procedure Protocol Storage
        1.2.840.10008.5.1.4.1.1.200.2 C- CT Performed Procedure Protocol Storage
        1.2.840.10008.5.1.4.1.1.200.3 C- Protocol Approval Storage
        1.2.840.10008.5.1.4.1.1.200.7 C- XA Defined Procedure Protocol Storage
        1.2.840.10008.5.1.4.1.1.200.8 C- XA Performed Procedure Protocol Storage
        1.2.840.10008.5.1.4.1.1.201.1 C- Inventory Storage
        1.2.840.10008.5.1.4.1.1.481.1 I- RT Image Storage
        1.2.840.10008.5.1.4.1.1.481.2 D- RT Dose Storage
        1.2.840.10008.5.1.4.1.1.481.3 C- RT Structure Set Storage
        1.2.840.10008.5.1.4.1.1.481.4 C- RT Beams Treatment Record Storage
        1.2.840.10008.5.1.4.1.1.481.5 C- RT Plan Storage
        1.2.840.10008.5.1.4.1.1.481.6 C- RT Brachy Treatment Record Storage
        1.2.840.10008.5.1.4.1.1.481.7 C- RT Treatment Summary Record Storage
        1.2.840.10008.5.1.4.1.1.481.8 C- RT Ion Plan Storage
        1.2.840.10008.5.1.4.1.1.481.9 C- RT Ion Beams Treatment Record Storage
        1.2.840.10008.5.1.4.1.1.481.10 C- RT Physician Intent Storage
        1.2.840.10008.5.1.4.1.1.481.11 C- RT Segment Annotation Storage
        1.2.840.10008.5.1.4.1.1.481.12 C- RT Radiation Set Storage
        1.2.840.10008.5.1.4.1.1.481.13 C- C-Arm Photon-Electron Radiation Storage
        1.2.840.10008.5.1.4.1.1.481.14 C- Tomotherapeutic Radiation Storage
        1.2.840.10008.5.1.4.1.1.481.15 C- Robotic-Arm Radiation Storage
        1.2.840.10008.5.1.4.1.1.481.16 C- RT Radiation Record Set Storage
        1.2.840.10008.5.1.4.1.1.481.17 C- RT Radiation Salvage Record Storage
        1.2.840.10008.5.1.4.1.1.481.18 C- Tomotherapeutic Radiation Record Storage
        1.2.840.10008.5.1.4.1.1.481.19 C- C-Arm Photon-Electron Radiation Record Storage
        1.2.840.10008.5.1.4.1.1.481.20 C- Robotic Radiation Record Storage
        1.2.840.10008.5.1.4.1.1.481.21 C- RT Radiation Set Delivery Instruction Storage
        1.2.840.10008.5.1.4.1.1.481.22 C- RT Treatment Preparation Storage
        1.2.840.10008.5.1.4.1.1.481.23 M- Enhanced RT Image Storage
        1.2.840.10008.5.1.4.1.1.481.24 M- Enhanced Continuous RT Image Storage
        1.2.840.10008.5.1.4.1.1.481.25 C- RT Patient Position Acquisition Instruction Storage
        1.2.840.10008.5.1.4.34.7 C- RT Beams Delivery Instruction Storage
        1.2.840.10008.5.1.4.34.10 C- RT Brachy Application Setup Delivery Instruction Storage
        1.2.840.10008.5.1.4.38.1 C- Hanging Protocol Storage
        1.2.840.10008.5.1.4.39.1 C- Color Palette Storage
        1.2.840.10008.5.1.4.43.1 C- Generic Implant Template Storage
        1.2.840.10008.5.1.4.44.1 C- Implant Assembly Template Storage
        1.2.840.10008.5.1.4.45.1 C- Implant Template Group Storage
        """
}
